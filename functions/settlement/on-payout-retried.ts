import { consumerHandler } from '../../shared/events/consume.ts';
import { payRetried } from './settlements/pay-retried.ts';
import { payoutTools } from './tools.ts';

/** Pays out what is to be tried again. */
export const handler = consumerHandler(({ tenant, subject }, now) => payRetried(payoutTools(), tenant, subject, now));
