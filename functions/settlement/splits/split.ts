/** What one sub-order is split over. Minor units, of one currency. */
export interface SplitAmounts {
  /** What was ordered, less what the merchant itself gave off it. */
  readonly order: bigint;
  /** What there is to split: what was paid, and what others than the merchant gave towards it. */
  readonly paid: bigint;
  /** The channel's fee, which is kept out of it. */
  readonly fee: bigint;
  /** What earlier splits of the same order gave to others than the merchant, and did not fail; counts against the lifetime cap. */
  readonly givenBefore?: bigint;
}

/** One receiver's share and how it came about. Minor units. */
export interface SplitLeg {
  readonly sequence: number;
  /** A merchant; none where it is the selling one. */
  readonly receiver?: string;
  /** What is paid out: above zero. */
  readonly amount: bigint;
  /** The fee that it bears; `amount` is after it. */
  readonly fee: bigint;
  /** What the share was taken of. */
  readonly base: bigint;
  readonly kind: 'FIXED' | 'RATIO' | 'WEIGHT' | 'TIERS' | 'REMAINDER' | 'MERCHANT';
  /** Where a cap or floor decided, which. */
  readonly bound?: 'CAP' | 'FLOOR';
}

/**
 * The legs in the order of their sequence; the selling merchant's own, where no line is its, is last (kind MERCHANT). They add up
 * to what there is to split less the fee, always. Zero legs are left out.
 */
export interface Split {
  readonly legs: readonly SplitLeg[];
}

/** Why a split cannot be. Amounts in minor units; the edge makes a problem of it. */
export type SplitFault =
  /** The base is too small for the fixed legs, or for the floors. */
  | { readonly code: 'BASE_TOO_SMALL'; readonly available: bigint; readonly required: bigint }
  /** More than the cap would be given away over the order's life. */
  | { readonly code: 'LIFETIME_CAP'; readonly room: bigint; readonly asked: bigint }
  /** The leg that bears the fee is smaller than the fee. */
  | { readonly code: 'FEE_NOT_COVERED'; readonly sequence?: number; readonly available: bigint; readonly fee: bigint }
  /** The ratios ask for more than there is to split: ratios of ORDER while less was paid. */
  | { readonly code: 'RATIOS_ABOVE_PAID'; readonly available: bigint; readonly required: bigint };
