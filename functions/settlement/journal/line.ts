import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { SplitLeg } from '../splits/split.ts';

/** What a line of a merchant is of. REFUND, HELD and CARRIED_ON take away; HELD_BACK_AGAIN is the way back of HELD. */
export const lineKinds = [
  'SHARE',
  'REFUND',
  'FEE_BACK',
  'HELD',
  'RELEASED',
  'CARRIED_ON',
  'CARRIED_IN',
  'BILLED',
] as const;
export type LineKind = (typeof lineKinds)[number];

/**
 * One line of a merchant's day: it says how an amount came about. The lines of a day add up to what is paid out for it. Minor
 * units; amounts that take away are below zero.
 */
export interface MerchantLine {
  readonly kind: LineKind;
  /** What it adds to the merchant's day. */
  readonly amount: bigint;
  readonly orderNo?: string;
  readonly subOrderNo?: string;
  /** SHARE: how it came about. */
  readonly share?: Pick<SplitLeg, 'sequence' | 'base' | 'fee' | 'kind' | 'bound'> & {
    readonly rule?: { readonly id: string; readonly version: number };
  };
  /** SHARE: what coupons gave towards the sub-order. */
  readonly coupon?: bigint;
  readonly refundNo?: string;
  /** CARRIED_IN, CARRIED_ON: the other day. */
  readonly date?: PlainDate;
}

/** One line of a market's day: what a consumer paid, or got back. Minor units. */
export interface MarketLine {
  readonly kind: 'PAYMENT' | 'REFUND';
  readonly orderNo: string;
  readonly channelId: string;
  readonly transactionId: string;
  readonly refundNo?: string;
  /** Below zero where it went back. */
  readonly amount: bigint;
  readonly fee: bigint;
  readonly coupon: bigint;
  readonly at: string;
}
