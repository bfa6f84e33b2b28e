/** What one sub-order is split over. Minor units, of one currency, none below zero. */
export interface SplitAmounts {
  /** What was ordered, before coupons. */
  readonly order: bigint;
  /** What there is to split: what was paid, and what others than the merchant gave towards it. */
  readonly paid: bigint;
  /** Of that, what was paid: ratios of PAID are of it. All of it unless told. */
  readonly cash?: bigint;
  /** The channel's fee, which is kept out of it. */
  readonly fee: bigint;
  /**
   * What earlier splits of the same order, those of its other sub-orders too, gave to others than the merchant, and did not
   * fail; counts against the lifetime cap. What was clawed back still counts.
   */
  readonly givenBefore?: bigint;
  /** Receivers that cannot be paid, whose shares go to the merchant: they do not count against the lifetime cap. */
  readonly unpaid?: ReadonlySet<string>;
  /** What the lifetime cap is of, where the sub-order is one of several: the whole order, as `order` is meant. */
  readonly wholeOrder?: bigint;
  /** What others than the merchant may have over the order’s life by its channels; none where they have no cap. */
  readonly mostToOthers?: bigint;
}

/** One receiver's share and how it came about. Minor units. */
export interface SplitLeg {
  /** That of its line; one above the highest where it is the merchant's without a line. */
  readonly sequence: number;
  /** A merchant; none where it is the selling one. */
  readonly receiver?: string;
  /** What is paid out: above zero. */
  readonly amount: bigint;
  /** The fee that it bears; `amount` is after it. */
  readonly fee: bigint;
  /**
   * What the share was taken of: of a ratio, the base less the fixed lines; of FIXED, the base; of a remainder and the
   * merchant's own, all that there was to split.
   */
  readonly base: bigint;
  readonly kind: 'FIXED' | 'RATIO' | 'WEIGHT' | 'TIERS' | 'REMAINDER' | 'MERCHANT';
  /** Where a cap or floor decided, which. */
  readonly bound?: 'CAP' | 'FLOOR';
  /**
   * On the merchant's line by ratio, where nobody else takes the remainder: what was left and came on top of its share, or,
   * below zero, what the floors of others took from it. `amount` is the share and this less the fee.
   */
  readonly rest?: bigint;
}

/** Who bore the channel's fee, also where that left it no leg. */
export interface BorneFee {
  readonly sequence: number;
  readonly receiver?: string;
  readonly fee: bigint;
}

/**
 * The legs in the order of their sequence; what goes to the selling merchant without a line is last (kind MERCHANT). They add
 * up to what there is to split less the fee, always. Zero legs are left out.
 */
export interface Split {
  readonly legs: readonly SplitLeg[];
  /** None where there is no fee, or where it was out before the split. */
  readonly borne?: BorneFee;
}

/** Why a split cannot be. Amounts in minor units; the edge makes a problem of it. */
export type SplitFault =
  /** The base is too small for the fixed legs, or for the floors. */
  | { readonly code: 'BASE_TOO_SMALL'; readonly available: bigint; readonly required: bigint }
  /** More than the cap would be given away over the order's life. */
  | { readonly code: 'LIFETIME_CAP'; readonly room: bigint; readonly asked: bigint }
  /** More than the channels it was paid over let others have. */
  | { readonly code: 'CHANNEL_CAP'; readonly room: bigint; readonly asked: bigint }
  /** The leg that bears the fee is smaller than the fee; without a sequence it is the merchant's without a line, or the whole. */
  | { readonly code: 'FEE_NOT_COVERED'; readonly sequence?: number; readonly available: bigint; readonly fee: bigint }
  /** Fixed lines and ratios together ask for more than there is to split: ratios of ORDER while less was paid. */
  | { readonly code: 'RATIOS_ABOVE_PAID'; readonly available: bigint; readonly required: bigint };

export type SplitDecision =
  | { readonly outcome: 'SPLIT'; readonly split: Split }
  | { readonly outcome: 'REFUSED'; readonly fault: SplitFault };
