import type { CreditDebit, StatementBalance } from './statement-events.ts';

/**
 * - TEXT_NOT_UTF8: header or balances hold bytes that are no UTF-8, read as windows-1252;
 * - DATE_ADJUSTED, DATE_UNREADABLE: as with entries, of a balance or of the period;
 * - NEGATIVE_AMOUNT: a balance carries a minus, which turned its direction round;
 * - CREATED_AT_UNREADABLE: the time of making, left out because it is no date-time;
 * - END_MISSING: an MT942 with neither totals nor an end line, so that nothing shows whether it was cut off.
 */
export type TrailerFlag =
  | 'TEXT_NOT_UTF8'
  | 'DATE_ADJUSTED'
  | 'DATE_UNREADABLE'
  | 'NEGATIVE_AMOUNT'
  | 'CREATED_AT_UNREADABLE'
  | 'END_MISSING';

export interface StatementTrailer {
  /** In file order, the opening ones included. */
  readonly balances: readonly StatementBalance[];
  readonly entries: number;
  /** What the bank says its lines add up to: TxsSummry, or fields 90C and 90D. */
  readonly declaredTotals?: DeclaredTotals;
  /** Field 34F (MT942): lines below it are left out. */
  readonly floorLimits?: readonly FloorLimit[];
  /** A floor limit is above zero, so the lines need not add up to the declared totals. */
  readonly entriesLeftOut?: true;
  /** Text to the account owner about the statement as a whole. */
  readonly information?: string;
  readonly flags: readonly TrailerFlag[];
}

export interface DeclaredTotals {
  readonly credits?: DeclaredTotal;
  readonly debits?: DeclaredTotal;
  readonly all?: DeclaredTotal;
}

/** Amounts as absolute figures; without one where the file counts only. */
export interface DeclaredTotal {
  readonly count?: number;
  readonly total?: bigint;
  /** The currency `total` and `net` are in. */
  readonly currency?: string;
  /** Credits less debits, signed; of `all` only (camt TtlNetNtry). */
  readonly net?: bigint;
}

export interface FloorLimit {
  readonly currency: string;
  readonly amount: bigint;
  /** Missing: for both directions. */
  readonly creditDebit?: CreditDebit;
}
