import { consumerHandler } from '../../shared/events/consume.ts';
import { payoutTools } from './tools.ts';
import { payRetried } from './settlements/pay-retried.ts';

/** Pays out what is to be tried again. */
export const handler = consumerHandler(({ tenant, subject }, now) => payRetried(payoutTools(), tenant, subject, now));
