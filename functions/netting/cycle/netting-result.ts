import type { Ratio } from '../../../shared/money/convert.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { LimitBreach } from '../limits/limit.ts';
import type { Fewest } from '../payments/fewest-payments.ts';
import type { Leg } from '../payments/leg.ts';
import type { BilateralPosition, NetPosition, Owed, Position } from '../positions/position.ts';
import type { Savings } from '../savings/savings.ts';

/** What a cycle is netted from. Minor units. */
export interface CycleToNet {
  /** Those that are included. */
  readonly obligations: readonly Owed[];
  /** What earlier cycles carried, as `carried` of their results; parties may be CENTRE. */
  readonly carriedIn: readonly Owed[];
  /** By currency: major units of the home currency for one major unit of it. The home currency itself needs none. */
  readonly rates: ReadonlyMap<CurrencyCode, Ratio>;
}

export interface NettingResult {
  /** By currency, then party, by code units; one at zero is among them. Excluded pairs are not. Net adds up to zero per currency. */
  readonly positions: readonly Position[];
  /**
   * What each of `positions` comes to in the home currency, in their order, where all is converted: what is shown of it, and what
   * limits are held against. BILATERAL: the sum of its pairs, each converted by itself, as they are paid.
   */
  readonly atHome?: readonly bigint[];
  /** By currency, first, second. Excluded pairs are not among them. */
  readonly bilateral: readonly BilateralPosition[];
  /** What is paid, after conversion and what is carried, by currency then party; none is zero. Adds up to zero per currency. */
  readonly toPay: readonly NetPosition[];
  /** What the rounding account receives (above zero) or pays for conversion, in the home currency. */
  readonly residue: bigint;
  /** What is below the minimum payment: owed to or by CENTRE, or (BILATERAL) between the pair. It is carriedIn of the next cycle. */
  readonly carried: readonly Owed[];
  readonly legs: readonly Leg[];
  /** Of legs DIRECT, by currency. */
  readonly fewest: ReadonlyMap<CurrencyCode, Fewest>;
  readonly savings: Savings;
}

export type NettingDecision =
  | { readonly outcome: 'NETTED'; readonly result: NettingResult }
  /** Currencies without a rate to the home currency. */
  | { readonly outcome: 'RATES_MISSING'; readonly home: CurrencyCode; readonly currencies: readonly CurrencyCode[] }
  /** The result as it would be stands beside every breach. */
  | { readonly outcome: 'LIMITS_BREACHED'; readonly breaches: readonly LimitBreach[]; readonly result: NettingResult };
