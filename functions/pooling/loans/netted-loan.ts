import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { TransferOrder } from '../../ledger/published.ts';
import type { Cause, LoanBook } from '../pool.ts';
import type { DueLoan } from './due-loan.ts';

/** What a netting cycle has paid back of a loan that had fallen due: once for each cycle. */
export interface NettedLoan {
  readonly tenant: string;
  readonly loanId: string;
  readonly cycleId: string;
  readonly poolId: string;
  /** Minor units, above zero. */
  readonly amount: bigint;
  readonly currency: CurrencyCode;
  readonly valueDate: PlainDate;
  /** How often the ledger was asked to book it, from 1: each refusal spends a name. */
  readonly attempt: number;
  /** Why it is not booked yet, in words. */
  readonly reason?: string;
  readonly bookedAt?: string;
  readonly revision: number;
  readonly changedAt: string;
  readonly cause: Cause;
}

/**
 * Pays back by a transfer between the two accounts of the loan; the money itself has gone through the netting centre. More than is
 * outstanding, for it was paid back otherwise since, makes it a loan the other way.
 */
export function repayOrder(
  { accountId, controlId, first }: LoanBook,
  { lender }: Pick<DueLoan, 'lender'>,
  netted: NettedLoan,
  today: PlainDate,
): TransferOrder {
  const { amount, currency, cycleId, loanId, poolId, valueDate, attempt, cause } = netted;
  // The pair's account holds what its first entity has lent, below zero what it has borrowed.
  const sides =
    lender === first
      ? { debitAccountId: accountId, creditAccountId: controlId }
      : { debitAccountId: controlId, creditAccountId: accountId };
  return {
    name: ['pooling', loanId, 'netted', cycleId, ...(attempt === 1 ? [] : [String(attempt)])],
    fingerprint: `${sides.debitAccountId} ${sides.creditAccountId} ${amount}`,
    legs: [{ ...sides, amount, currency }],
    ...(valueDate < today && { valueDate }),
    description: '轧差还款 Loan paid back by netting',
    references: { poolId, loanId, nettingCycleId: cycleId },
    cause,
  };
}
