import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { BilateralLimit, NetDebitLimit } from '../limits/limit.ts';
import type { Party } from './parties.ts';

/** BILATERAL: the difference of each pair is paid. MULTILATERAL: the difference of each participant with all others. */
export const nettingModes = ['BILATERAL', 'MULTILATERAL'] as const;
export type NettingMode = (typeof nettingModes)[number];

/** How MULTILATERAL positions are paid: payers to the centre and the centre to receivers, or payers to receivers. */
export const paymentWays = ['THROUGH_CENTRE', 'DIRECT'] as const;
export type PaymentWay = (typeof paymentWays)[number];

/** What becomes of obligations that nobody has confirmed when the confirmation ends. */
export const unconfirmedRules = ['INCLUDED', 'NEXT_CYCLE'] as const;
export type UnconfirmedRule = (typeof unconfirmedRules)[number];

/** Two participants, in any order. */
export type Pair = readonly [Party, Party];

/** What a cycle is netted by: the part of a centre that amounts depend on. */
export interface NettingTerms {
  readonly mode: NettingMode;
  /** Of no account where the mode is BILATERAL. */
  readonly payments: PaymentWay;
  /** Where it is given, net positions are converted and all is paid in it; without it each currency is paid by itself. */
  readonly homeCurrency?: CurrencyCode;
  /**
   * By currency that is paid, minor units: what is below it is carried to the next cycle, exactly it is paid. A currency that
   * is not there has no minimum.
   */
  readonly minimumPayments: ReadonlyMap<CurrencyCode, bigint>;
  readonly bilateralLimits: readonly BilateralLimit[];
  readonly netDebitLimits: readonly NetDebitLimit[];
  /** What these owe each other is not netted: it is paid in full, each direction and currency in a leg of its own. */
  readonly excludedPairs: readonly Pair[];
  readonly unconfirmed: UnconfirmedRule;
}
