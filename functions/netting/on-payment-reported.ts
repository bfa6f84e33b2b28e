import { consumerHandler } from '../../shared/events/consume.ts';
import { readReport, takeReport } from './bank-payments/take-report.ts';
import { bankTools } from './tools.ts';

/** Takes what banks tell of payments into those that are netting's; others are left. */
export const handler = consumerHandler(({ tenant, subject, data }, now) =>
  takeReport(bankTools(), tenant, subject, readReport(data), now),
);
