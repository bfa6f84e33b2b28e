import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { Party } from '../terms/parties.ts';

/** The payer owes the payee an amount above zero, minor units. They are two. */
export interface Owed {
  readonly payer: Party;
  readonly payee: Party;
  readonly currency: CurrencyCode;
  readonly amount: bigint;
}

/** What one party has with all others in one currency. Minor units. */
export interface Position {
  readonly party: Party;
  readonly currency: CurrencyCode;
  /** What it owes before netting: zero or more. */
  readonly owes: bigint;
  /** What it is owed before netting: zero or more. */
  readonly owed: bigint;
  /** owed − owes: above zero it receives, below zero it pays. */
  readonly net: bigint;
}

/** A position that is to be paid: above zero it receives, below zero it pays. Minor units; all of a currency add up to zero. */
export interface NetPosition {
  readonly party: Party;
  readonly currency: CurrencyCode;
  readonly net: bigint;
}

/**
 * What two parties have with each other in one currency; `first` comes before `second` by code units. Minor units; numbers of
 * obligations beside them.
 */
export interface BilateralPosition {
  readonly first: Party;
  readonly second: Party;
  readonly currency: CurrencyCode;
  /** What the first owes the second, and in how many obligations. */
  readonly firstOwes: bigint;
  readonly firstCount: number;
  /** What the second owes the first. */
  readonly secondOwes: bigint;
  readonly secondCount: number;
}
