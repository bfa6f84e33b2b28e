import { consumerHandler } from '../../shared/events/consume.ts';
import { takeNetted } from './batches/take-netted.ts';
import { defaultStore } from './store.ts';

/** Notes on collections for others what a netting cycle has paid of them to whose they are. */
export const handler = consumerHandler((event, now) => takeNetted(defaultStore(), event, now));
