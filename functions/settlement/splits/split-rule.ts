import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { ClearingTerms } from '../clearing/clearing-terms.ts';

/** Lines of one rule, at most: as many receivers as the widest channels take in one request. */
export const LINES_MAX = 50;
/** Tiers of one line, at most. */
export const TIERS_MAX = 20;
/** A weight, at most. */
export const WEIGHT_MAX = 1_000_000n;

/** What ratios are taken of: what was ordered, what was paid, or what was paid less the channel's fee. */
export const splitBases = ['ORDER', 'PAID', 'NET_OF_FEE'] as const;
export type SplitBase = (typeof splitBases)[number];

/** FIXED_THEN_RATIO: the fixed lines first, and the ratios of what they leave. */
export const splitMethods = ['FIXED', 'RATIO', 'FIXED_THEN_RATIO'] as const;
export type SplitMethod = (typeof splitMethods)[number];

/** From which amount on (minor units, the first is 0) which ratio applies. */
export interface Tier {
  readonly from: bigint;
  /** 100 is one per cent. */
  readonly basisPoints: bigint;
}

export interface TieredShare {
  readonly kind: 'TIERS';
  readonly tiers: readonly Tier[];
  readonly apply: 'MARGINAL' | 'WHOLE';
}

/**
 * How much a line gets. FIXED: minor units, never reduced. RATIO: basis points. WEIGHT: an integer against those of the other
 * lines of weights, which share the whole together; they are not mixed with RATIO and TIERS. TIERS: by the height of what the
 * ratios are taken of: each ratio of the part within its tier (MARGINAL), or that of the tier reached of the whole (WHOLE).
 * REMAINDER: what is left.
 */
export type Share =
  | { readonly kind: 'FIXED'; readonly amount: bigint }
  | { readonly kind: 'RATIO'; readonly basisPoints: bigint }
  | { readonly kind: 'WEIGHT'; readonly weight: bigint }
  | TieredShare
  | { readonly kind: 'REMAINDER' };

/**
 * One receiver. `receiver` is the id of a merchant; without it, the line is that of the merchant who sold (of the sub-order).
 * A cap and a floor, minor units, bound a line that is not FIXED, before the fee; what a cap cuts off goes where the remainder
 * goes, and what a floor adds is taken from there.
 */
export interface SplitLine {
  /** Unique within its rule; settles ties, the lower first. */
  readonly sequence: number;
  readonly receiver?: string;
  readonly share: Share;
  readonly cap?: bigint;
  readonly floor?: bigint;
}

/**
 * Whose leg the channel's fee is taken from: the remainder's (or, where there is none, the selling merchant's), or that of a
 * line that is not FIXED. Without one it is REMAINDER.
 */
export type FeeBearer =
  | { readonly kind: 'REMAINDER' }
  | { readonly kind: 'MERCHANT' }
  | { readonly kind: 'LINE'; readonly sequence: number };

/**
 * ALL_OR_NOTHING: a receiver that cannot be paid fails the whole split. PARTIAL: what it would have got goes to the selling
 * merchant, and the others stand.
 */
export type FailureMode = 'ALL_OR_NOTHING' | 'PARTIAL';

/** What one order is split by: the part of a rule that the amounts depend on. */
export interface SplitTerms {
  readonly base: SplitBase;
  readonly method: SplitMethod;
  readonly lines: readonly SplitLine[];
  /** Not with NET_OF_FEE, where the fee is out before the split. */
  readonly feeBearer?: FeeBearer;
  /** Of the order's amount, what may be given to others than the selling merchant over its whole life; none where it is off. */
  readonly lifetimeCapBasisPoints?: bigint;
}

/** A version of a rule. Versions never change; an order keeps the one it was paid under. */
export interface SplitRule extends SplitTerms {
  readonly tenant: string;
  readonly id: string;
  readonly marketId: string;
  readonly name: string;
  readonly currency: CurrencyCode;
  /** 1, 2, … */
  readonly version: number;
  readonly effectiveFrom: PlainDate;
  /** The last day; none where it is open. */
  readonly effectiveTo?: PlainDate;
  readonly failureMode: FailureMode;
  readonly clearing: ClearingTerms;
  /** AFTER_SPLIT: each order is split by itself. BEFORE_SPLIT (汇总): the orders of a day are added up, and their sum is split. */
  readonly aggregate: 'AFTER_SPLIT' | 'BEFORE_SPLIT';
}
