import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { LimitBreach } from '../limits/limit.ts';
import type { LegKind } from '../payments/leg.ts';
import type { Party } from '../terms/parties.ts';

/** What a report of a cycle consists of, in its order. */
export const sections = ['POSITIONS', 'BILATERAL', 'TO_PAY', 'LEGS', 'CARRIED', 'MOVED', 'BREACHES'] as const;
export type Section = (typeof sections)[number];

/** Why an obligation goes to the next cycle. */
export const moveReasons = ['DISPUTED', 'UNCONFIRMED', 'LEFT_OUT'] as const;
export type MoveReason = (typeof moveReasons)[number];

/** Rows as they are kept: a large cycle has a million, so names are left out. Amounts are minor units. */
export interface RowOf {
  /** Party, currency, what it owes, is owed, owed − owes, and that in the home currency where all is converted. */
  readonly POSITIONS: readonly [Party, CurrencyCode, bigint, bigint, bigint, bigint | null];
  /** First, second, currency, what the first owes in how many, what the second owes in how many. */
  readonly BILATERAL: readonly [Party, Party, CurrencyCode, bigint, number, bigint, number];
  /** Party, currency, what it receives (above zero) or pays. */
  readonly TO_PAY: readonly [Party, CurrencyCode, bigint];
  /** Kind, payer, payee, currency, amount. */
  readonly LEGS: readonly [LegKind, Party, Party, CurrencyCode, bigint];
  /** Payer, payee, currency, amount: the next cycle begins with it. */
  readonly CARRIED: readonly [Party, Party, CurrencyCode, bigint];
  readonly MOVED: readonly [reference: string, MoveReason];
  /** Kind, who owes, whom (null: all others), currency, limit, owed, excess. */
  readonly BREACHES: readonly [LimitBreach['kind'], Party, Party | null, CurrencyCode, bigint, bigint, bigint];
}

export type Rows = { readonly [Of in Section]: readonly RowOf[Of][] };

export const noRows: Rows = {
  ...{ POSITIONS: [], BILATERAL: [], TO_PAY: [], LEGS: [], CARRIED: [], MOVED: [], BREACHES: [] },
};
