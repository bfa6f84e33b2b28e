import { consumerHandler } from '../../shared/events/consume.ts';
import { sendOfCycle } from './bank-payments/send-bank-payments.ts';
import { bankTools } from './tools.ts';

/** Has banks pay the receivers of settled cycles. */
export const handler = consumerHandler(({ tenant, subject: cycleId }, now) =>
  sendOfCycle(bankTools(), tenant, cycleId, now),
);
