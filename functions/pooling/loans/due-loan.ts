import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { Cause } from '../pool.ts';
import type { Loan } from './list-loans.ts';

/** A loan whose contract has come to its last day, as it was found last: it is to be paid back. */
export interface DueLoan {
  readonly tenant: string;
  /** Made of pool, direction and contract. */
  readonly id: string;
  readonly poolId: string;
  readonly lender: string;
  readonly borrower: string;
  readonly contract: string;
  /** The last day of the contract. */
  readonly dueOn: PlainDate;
  readonly currency: CurrencyCode;
  /** Minor units; zero once it is paid back, or lent under a contract that is in force. */
  readonly outstanding: bigint;
  readonly revision: number;
  readonly changedAt: string;
  readonly cause: Cause;
}

type Outstanding = Pick<DueLoan, 'lender' | 'borrower' | 'contract' | 'dueOn' | 'outstanding'>;

/**
 * What is due of the loans of a pool on a day, where that is not what was known: loans that fall due, with what is outstanding of
 * them, and known ones of which something else is outstanding by now, nothing included.
 */
export function newlyDue(loans: readonly Loan[], known: readonly DueLoan[], date: PlainDate): Outstanding[] {
  const due = loans.flatMap((loan) => dueOf(loan, date));
  const names = new Set(due.map(nameOf));
  const over = known.filter((one) => !names.has(nameOf(one))).map((one): Outstanding => ({ ...one, outstanding: 0n }));
  const before = new Map(known.map((one) => [nameOf(one), one.outstanding]));
  return [...due, ...over].filter((one) => one.outstanding !== (before.get(nameOf(one)) ?? 0n));
}

function dueOf({ lender, borrower, outstanding, terms }: Loan, date: PlainDate): Outstanding[] {
  const dueOn = terms?.contract.expiresOn;
  if (!terms || dueOn === undefined || dueOn > date) return [];
  return [{ lender, borrower, contract: terms.contract.contract, dueOn, outstanding }];
}

/** A contract has one term: put on longer, it is another loan that falls due. */
export function nameOf(loan: Pick<DueLoan, 'lender' | 'borrower' | 'contract' | 'dueOn'>): string {
  return JSON.stringify([loan.lender, loan.borrower, loan.contract, loan.dueOn]);
}
