import { consumerHandler } from '../../shared/events/consume.ts';
import { takeNetted } from './loans/take-netted.ts';
import { poolingTools } from './tools.ts';

/** Pays back the loans that a netting cycle has settled. */
export const handler = consumerHandler((event, now) => takeNetted(poolingTools(), event, now));
