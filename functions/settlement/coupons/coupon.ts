/** Who gives money towards an order. BRAND: a named party, such as a maker or a bank. */
export type Subsidiser = { readonly kind: 'PLATFORM' } | { readonly kind: 'BRAND'; readonly party: string };

/** Who gives a coupon. MERCHANT: the selling one of the sub-order takes less for it (免充值); no money moves. */
export type Funder = Subsidiser | { readonly kind: 'MERCHANT' };

/** One funder's share of a coupon. */
export interface FundingShare {
  readonly funder: Funder;
  /** Above zero; those of a coupon add up to 10,000. */
  readonly basisPoints: bigint;
}

/** A coupon that the consumer used. */
export interface Coupon {
  /** Unique within its order. */
  readonly id: string;
  /** What it takes off, minor units, above zero. */
  readonly amount: bigint;
  /** The sub-order it is of; without one it is of the whole order. */
  readonly subOrderId?: string;
  readonly funding: readonly FundingShare[];
}

/** What coupons are used on: a sub-order and its amount before them, minor units, not below zero. */
export interface CouponedSubOrder {
  readonly id: string;
  readonly amount: bigint;
}

/** What one gives. Minor units, above zero. */
export interface Subsidy {
  readonly funder: Subsidiser;
  readonly amount: bigint;
}

/** A text that is the same for the same funder only. */
export function funderKey(funder: Funder): string {
  return funder.kind === 'BRAND' ? `BRAND ${funder.party}` : funder.kind;
}
