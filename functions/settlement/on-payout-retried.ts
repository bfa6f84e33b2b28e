import { consumerHandler } from '../../shared/events/consume.ts';
import { payRetried } from './settlements/pay-retried.ts';
import { defaultJournalingStore } from './store.ts';
import { payoutTools } from './tools.ts';

/** Pays out what is to be tried again, and settles what adds up at last. */
export const handler = consumerHandler(({ tenant, subject }, now) =>
  payRetried({ ...payoutTools(), store: defaultJournalingStore() }, tenant, subject, now),
);
