import { consumerHandler } from '../../shared/events/consume.ts';
import { takeNetted } from './receipts/take-netted.ts';
import { defaultStore } from './store.ts';

/** Pays the invoices that a netting cycle has settled. */
export const handler = consumerHandler((event, now) => takeNetted(defaultStore(), event, now));
