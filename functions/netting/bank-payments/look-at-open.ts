import type { BankTools } from '../tools.ts';
import { isOnItsWay, lastAttempt } from './bank-payment.ts';
import { bookRefused } from './book-bank-payment.ts';
import { sendPayment } from './send-bank-payments.ts';
import { takeReport } from './take-report.ts';

/**
 * Looks at a payment that is not at its end: what may not have reached the bank is handed over, or handed over again; of what it has,
 * the bank is asked; and what the ledger refused to book, it is asked again. Throws what the bank channel, the ledger and the store
 * throw.
 */
export async function lookAtPayment(tools: BankTools, tenant: string, id: string, now: Date): Promise<void> {
  const payment = await tools.store.readBankPayment(tenant, id);
  if (!payment) return;
  for (const attempt of payment.attempts) {
    if (attempt.isUnbooked) await bookRefused(tools, payment, attempt, now);
  }
  const { id: attemptId, state } = lastAttempt(payment);
  if (!isOnItsWay(state)) return;
  if (state !== 'SENT') return sendPayment(tools, payment, now);
  for (const { orderId, ...report } of await tools.bank.queryPayments(tenant, [attemptId], now)) {
    await takeReport(tools, tenant, orderId, report, now);
  }
}
