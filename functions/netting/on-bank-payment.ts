import { consumerHandler } from '../../shared/events/consume.ts';
import { readReported } from '../collection/published.ts';
import { lookAtPayment } from './bank-payments/look-at-open.ts';
import { sendOfCycle } from './bank-payments/send-bank-payments.ts';
import { takeReport } from './bank-payments/take-report.ts';
import { bankTools } from './tools.ts';

/**
 * Has banks pay the receivers of settled cycles, and again what is tried again or may not have got there; and takes what banks tell of
 * payments into those that are netting's.
 */
export const handler = consumerHandler(async ({ type, tenant, subject, data }, now) => {
  switch (type) {
    case 'netting.cycle-settled.v1':
      return sendOfCycle(bankTools(), tenant, subject, now);
    case 'collection.payment-reported.v1':
      return takeReport(bankTools(), tenant, subject, readReported(data), now);
    default:
      return lookAtPayment(bankTools(), tenant, subject, now);
  }
});
