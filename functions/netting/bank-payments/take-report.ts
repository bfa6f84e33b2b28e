import { backAfter } from '../../../shared/money/came-back.ts';
import type { ReportedPayment } from '../../collection/published.ts';
import type { BankTools } from '../tools.ts';
import { type BankAttempt, bankPaymentOf, isOnItsWay } from './bank-payment.ts';
import { bookPaid, bookReturned } from './book-bank-payment.ts';
import { type AttemptChange, changeBankPayment } from './change-bank-payment.ts';

/**
 * Takes what a bank told into the payment that it is of; nothing where it is none of ours. Told again it changes nothing, and books
 * what was not booked. Throws where the ledger does not say yet whether it books it, or the store.
 */
export async function takeReport(
  tools: BankTools,
  tenant: string,
  attemptId: string,
  report: ReportedPayment,
  now: Date,
): Promise<void> {
  const { store } = tools;
  const id = bankPaymentOf(attemptId);
  const found = id === undefined ? undefined : await store.readBankPayment(tenant, id);
  if (!found?.attempts.some((one) => one.id === attemptId)) return;
  const noted = await changeBankPayment(store, found, attemptId, (it) => attemptAfter(it, report), now);
  const attempt = noted.attempts.find((one) => one.id === attemptId);
  if (!attempt || (attempt.state !== 'PAID' && attempt.state !== 'RETURNED')) return;
  await bookPaid(tools, noted, attempt, now);
  await bookReturned(tools, noted, attempt, now);
}

/**
 * What a report makes of an attempt; nothing where it tells nothing new. What has failed stays so; what is paid may only come back.
 */
export function attemptAfter(attempt: BankAttempt, report: ReportedPayment): AttemptChange | undefined {
  const { state } = attempt;
  const reason = report.text === undefined ? {} : { reason: report.text };
  switch (report.state) {
    case 'ACCEPTED':
    case 'PROCESSING':
      return isOnItsWay(state) && state !== 'SENT' ? { state: 'SENT' } : undefined;
    case 'SETTLED':
      return isOnItsWay(state) ? { state: 'PAID' } : undefined;
    case 'REJECTED':
      return isOnItsWay(state) ? { state: 'FAILED', ...reason } : undefined;
    case 'RETURNED': {
      const after = state === 'FAILED' ? undefined : backAfter(attempt, report);
      return after && { state: 'RETURNED', ...after, ...reason };
    }
  }
}
