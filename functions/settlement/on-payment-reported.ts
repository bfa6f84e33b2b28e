import { consumerHandler } from '../../shared/events/consume.ts';
import { readReported } from '../collection/published.ts';
import { takeReport } from './settlements/take-report.ts';
import { payoutTools } from './tools.ts';

/** Takes what banks tell of payments into the payouts that they are of; those of others are left. */
export const handler = consumerHandler(({ tenant, subject, data }, now) =>
  takeReport(payoutTools(), tenant, subject, readReported(data), now),
);
