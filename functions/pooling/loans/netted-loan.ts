import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { TransferOrder } from '../../ledger/published.ts';
import { type Cause, type Configuration, type Pool, pairOf } from '../pool.ts';
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

/** Where the loan is booked: what is debited and credited for what is paid back. */
interface Sides {
  readonly debitAccountId: string;
  readonly creditAccountId: string;
}

/**
 * Pays back by a transfer inside the books of the pool; the money itself has gone through the netting centre. More than is
 * outstanding, for it was paid back otherwise since, makes it a loan the other way. `balances` are of the members' ledgers, of a
 * LEDGER pool. Throws Error where the books have no place for the loan.
 */
export function repayOrder(
  pool: Pick<Pool, 'kind' | 'rootAccountId'>,
  configuration: Configuration,
  balances: ReadonlyMap<string, bigint>,
  loan: DueLoan,
  netted: NettedLoan,
  today: PlainDate,
): TransferOrder {
  const { amount, currency, cycleId, loanId, poolId, valueDate, attempt, cause } = netted;
  const sides =
    pool.kind === 'LEDGER' ? ledgerSides(pool, configuration, balances, loan) : pairSides(configuration, loan);
  return {
    name: ['pooling', loanId, 'netted', cycleId, ...(attempt === 1 ? [] : [String(attempt)])],
    // It names no account, so that it is booked once whatever becomes of the ledgers.
    fingerprint: `${loanId} ${cycleId} ${amount}`,
    legs: [{ ...sides, amount, currency }],
    ...(valueDate < today && { valueDate }),
    description: '轧差还款 Loan paid back by netting',
    references: { poolId, loanId, nettingCycleId: cycleId },
    cause,
  };
}

/** A pair's account holds what its first entity has lent, below zero what it has borrowed. */
function pairSides({ loanBooks }: Configuration, { id, lender, borrower }: DueLoan): Sides {
  const book = loanBooks.find(({ pair }) => pair === pairOf(lender, borrower));
  if (!book) throw new Error(`The loan ${id} has no book.`);
  const { accountId, controlId, first } = book;
  return lender === first
    ? { debitAccountId: accountId, creditAccountId: controlId }
    : { debitAccountId: controlId, creditAccountId: accountId };
}

/** What a member owes the header it has too little in its ledgers, and the main ledger too much. */
function ledgerSides(
  { rootAccountId }: Pick<Pool, 'rootAccountId'>,
  { header, members }: Configuration,
  balances: ReadonlyMap<string, bigint>,
  { id, lender, borrower }: DueLoan,
): Sides {
  const entity = lender === header.entity ? borrower : lender;
  const own = members.filter((member) => member.entity === entity).map(({ accountId }) => accountId);
  const inOrder = own.sort((one, other) => {
    const [a, b] = [balances.get(one) ?? 0n, balances.get(other) ?? 0n];
    return a < b ? -1 : a > b ? 1 : one < other ? -1 : 1;
  });
  const ledger = entity === borrower ? inOrder[0] : inOrder.at(-1);
  if (ledger === undefined) throw new Error(`The loan ${id} is of ${entity}, which has no ledger in the pool.`);
  return entity === borrower
    ? { debitAccountId: rootAccountId, creditAccountId: ledger }
    : { debitAccountId: ledger, creditAccountId: rootAccountId };
}
