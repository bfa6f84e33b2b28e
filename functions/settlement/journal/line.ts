import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { SplitLeg } from '../splits/split.ts';

/**
 * What a line of a merchant is of. SHARE: its part of an order. SUM_SHARE: its part of a sum of orders; SUM_BACK: what it gives back
 * of one, because less came to it. REFUND: what a refund took of it. FEE_KEPT: what it pays of the
 * fee that a channel keeps of a refund. HELD: a dispute holds it, RELEASED is its way back. CARRIED_ON, CARRIED_IN: a day below
 * zero goes on to the next. BILLED: it was billed instead.
 */
export const merchantLineKinds = [
  'SHARE',
  'REFUND',
  'FEE_KEPT',
  'HELD',
  'RELEASED',
  'CARRIED_ON',
  'CARRIED_IN',
  'BILLED',
  'SUM_SHARE',
  'SUM_BACK',
] as const;
export type MerchantLineKind = (typeof merchantLineKinds)[number];

/**
 * One line of a merchant's day: it says how an amount came about. The lines of a day add up to what is paid out for it. Minor
 * units; amounts that take away are below zero.
 */
export interface MerchantLine {
  readonly kind: MerchantLineKind;
  /** It takes a line back that was written before: all its amounts are the opposite of that one's. */
  readonly takesBack?: true;
  /** SHARE, SUM_SHARE, SUM_BACK: its order, or its sum, counts on the day by another line. */
  readonly isFurther?: true;
  /** What it adds to the merchant's day. */
  readonly amount: bigint;
  readonly orderNo?: string;
  readonly subOrderNo?: string;
  /** SHARE, SUM_SHARE: how it came about. */
  readonly share?: ShareOfLine;
  /** SHARE, SUM_SHARE: what others than the merchant gave by coupons; on the selling merchant's first share. */
  readonly coupon?: bigint;
  readonly refundNo?: string;
  /** CARRIED_IN, CARRIED_ON: the other day. */
  readonly date?: PlainDate;
  /** SUM_SHARE, SUM_BACK: of what. */
  readonly sum?: { readonly sellerId: string; readonly orders: number };
}

export interface ShareOfLine extends Pick<SplitLeg, 'sequence' | 'base' | 'fee' | 'kind' | 'bound' | 'rest'> {
  /** Which split of the sub-order. */
  readonly split: string;
  readonly rule?: { readonly id: string; readonly version: number };
}

/** One line of a market's day: what a consumer paid, or got back. Minor units. */
export interface MarketLine {
  readonly kind: 'PAYMENT' | 'REFUND_PAID';
  readonly takesBack?: true;
  readonly orderNo: string;
  readonly channelId: string;
  readonly transactionId: string;
  readonly refundNo?: string;
  /** Below zero where it went back. */
  readonly amount: bigint;
  /** What the channel keeps; below zero where it gives some back. */
  readonly fee: bigint;
  /** PAYMENT, the first of its order: what coupons took off the order. */
  readonly coupon?: bigint;
  /** ISO instant: when it was paid, or the refund asked for. */
  readonly at: string;
}

/** What waits for somebody, on the day until whose run it does. */
export interface AgendaLine {
  readonly kind: 'WAITS';
  readonly takesBack?: true;
  readonly orderNo: string;
  readonly subOrderNo: string;
}

/**
 * What a sub-order brings into a sum (汇总), on the day on which that is split. Nothing is given by it: its money is supervised until
 * then.
 */
export interface SumLine {
  readonly kind: 'SUMMED';
  readonly takesBack?: true;
  /** Its order counts on the day by another line. */
  readonly isFurther?: true;
  readonly orderNo: string;
  readonly subOrderNo: string;
  /** After the fee. */
  readonly amount: bigint;
  readonly fee: bigint;
  /** What ratios of ORDER and of PAID are of. */
  readonly order: bigint;
  readonly cash: bigint;
  /** What others than the merchant gave by coupons. */
  readonly coupon?: bigint;
  /** What others than the merchant who sells may have of it at most; all of it unless told. */
  readonly room?: bigint;
}

/**
 * What others than merchants gave to the coupons of an order, on the market's day on which it landed; and what of it a refund gave back to
 * them, below zero, on the day of the refund. Minor units.
 */
export interface SubsidyLine {
  readonly kind: 'SUBSIDY';
  readonly takesBack?: true;
  readonly orderNo: string;
  readonly refundNo?: string;
  readonly amount: bigint;
}

export type JournalLine = MerchantLine | MarketLine | SubsidyLine | AgendaLine | SumLine;

const ofNoMerchant: ReadonlySet<JournalLine['kind']> = new Set([
  'PAYMENT',
  'REFUND_PAID',
  'SUBSIDY',
  'WAITS',
  'SUMMED',
]);

export function isMarketLine(line: JournalLine): line is MarketLine {
  return line.kind === 'PAYMENT' || line.kind === 'REFUND_PAID';
}

export function isMerchantLine(line: JournalLine): line is MerchantLine {
  return !ofNoMerchant.has(line.kind);
}
