import type { CurrencyCode } from '../../../shared/money/currency.ts';

/** Payments, and what they are worth together in minor units. */
export interface Volume {
  readonly count: number;
  readonly value: bigint;
}

/** What netting saves, of one currency or of all in the home currency. */
export interface Saving {
  readonly currency: CurrencyCode;
  /** Each obligation, and what was carried in, paid by itself. */
  readonly gross: Volume;
  /** The difference of each pair; of excluded pairs each direction. */
  readonly bilateral: Volume;
  /** As it is paid. Money through the centre counts once, its legs are two. */
  readonly net: Volume;
  /** Of the gross value, hundredths of a per cent, half up; 0 where there is none. */
  readonly valueSavedBasisPoints: bigint;
  /** Of the gross number. Below zero where netting takes more: one obligation is two legs through the centre. */
  readonly countSavedBasisPoints: bigint;
}

/** By currency that is paid: with a home currency that one alone, all others converted. */
export type Savings = readonly Saving[];
