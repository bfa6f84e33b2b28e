import * as z from 'zod';
import { amount } from '../../../shared/http/schemas.ts';
import { smaller } from '../../../shared/money/compare.ts';
import { sum } from '../../../shared/money/sum.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { BankTools } from '../tools.ts';
import { type BankAttempt, bankPaymentOf, isOnItsWay } from './bank-payment.ts';
import { bookPaid, bookReturned } from './book-bank-payment.ts';
import { type AttemptChange, changeBankPayment } from './change-bank-payment.ts';

const reported = z.object({
  state: z.enum(['ACCEPTED', 'PROCESSING', 'SETTLED', 'REJECTED', 'RETURNED']),
  amount: amount.optional(),
  text: z.string().optional(),
});

/** What a bank told of a payment. Minor units. */
export interface ReportOfPayment {
  readonly state: z.output<typeof reported>['state'];
  readonly amount?: bigint;
  readonly text?: string;
}

/** What the event of a reported payment says. Throws ZodError on what is none. */
export function readReport(data: unknown): ReportOfPayment {
  const { state, amount: moved, text } = reported.parse(data);
  return { state, ...defined({ amount: moved?.minor, text }) };
}

/**
 * Takes what a bank told into the payment that it is of; nothing where it is none of ours. Told again it changes nothing, and books
 * what was not booked. Throws where the ledger does not book it, or the store.
 */
export async function takeReport(
  tools: BankTools,
  tenant: string,
  attemptId: string,
  report: ReportOfPayment,
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
 * What came back is told again with the statement of the day, added up: the largest figure counts, and what one is above those before
 * it is new.
 */
export function attemptAfter(attempt: BankAttempt, report: ReportOfPayment): AttemptChange | undefined {
  const { state, amount: whole, returns = [] } = attempt;
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
      if (state === 'FAILED') return undefined;
      const back = smaller(report.amount ?? whole, whole) - sum(returns);
      return back > 0n ? { state: 'RETURNED', returns: [...returns, back], ...reason } : undefined;
    }
  }
}
