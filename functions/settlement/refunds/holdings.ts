/**
 * Why money that a receiver was given cannot be taken back from it. PERSONAL: it is a person, and channels claw back from companies
 * only. NO_CONSENT: it has not agreed to give back. WINDOW: it was given longer ago than the channel claws back.
 */
export type ClawBackBar = 'PERSONAL' | 'NO_CONSENT' | 'WINDOW';

/** One receiver's share of a sub-order, as refunds see it. */
export interface HeldLeg {
  /** Unique within its sub-order. */
  readonly id: string;
  /** A merchant; none where it is the selling one. */
  readonly receiver?: string;
  /** After the fee that it bears, and less what refunds have counted against it. Minor units, never below zero. */
  readonly held: bigint;
  /** Why it cannot give back; none where it can. The selling merchant's own leg always can. */
  readonly barred?: ClawBackBar;
}

/** What there is of a sub-order to give back. Minor units of one currency. */
export interface Holdings {
  /** Supervised still: paid and not split. */
  readonly unsplit: bigint;
  /** In the order of their sequence; ties in rounding go to the first. */
  readonly legs: readonly HeldLeg[];
}
