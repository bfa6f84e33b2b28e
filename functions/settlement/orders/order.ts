import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { SplitLeg } from '../splits/split.ts';
import type { SplitTerms } from '../splits/split-rule.ts';

/**
 * 主订单: what a consumer pays in one go, over one or more sub-orders. It holds facts only; its state is read off them. Amounts in
 * minor units, in the currency of its market.
 */
export interface Order {
  readonly tenant: string;
  /** The caller's; unique per tenant. */
  readonly no: string;
  readonly marketId: string;
  readonly currency: CurrencyCode;
  readonly subOrders: readonly SubOrder[];
  readonly createdAt: string;
  /** After it, nothing is paid any more. */
  readonly payBy: string;
  readonly references: Readonly<Record<string, string>>;
  /** In the order in which they were told. */
  readonly payments: readonly Payment[];
  readonly refunds: readonly OrderRefund[];
  /** In the order in which they were opened, none before the one before it was resolved. While one stands, nothing is paid out. */
  readonly disputes: readonly Dispute[];
  /** Of what was asked for, so that the same number with other content is refused. */
  readonly fingerprint: string;
  readonly revision: number;
  readonly changedAt: string;
  readonly cause: Cause;
}

export interface SubOrder {
  /** The caller's; unique within the order. */
  readonly no: string;
  /** The merchant who sells. */
  readonly merchantId: string;
  /** With its add-on items, before coupons. */
  readonly amount: bigint;
  readonly addOns: readonly AddOn[];
  readonly coupons: readonly OrderCoupon[];
  readonly plan: SplitPlan;
  /** 确认收货. */
  readonly confirmedAt?: string;
  /** Each once; none while its money is supervised as a whole. */
  readonly splits: readonly OrderSplit[];
  /** The last day on which what is not split waits; then it goes by the plan, or to the merchant. Set when it is paid. */
  readonly waitsUntil?: PlainDate;
}

/** 附加项: postage, packing; part of the amount. */
export interface AddOn {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly amount: bigint;
}

/** 消费券. Who gives it, by shares in basis points; a merchant's own part moves no money. */
export interface OrderCoupon {
  readonly id: string;
  readonly amount: bigint;
  readonly funders: readonly CouponFunder[];
  /** When what others than the merchant give has come; until then nothing is split. */
  readonly landedAt?: string;
}

export interface CouponFunder {
  readonly kind: 'PLATFORM' | 'MERCHANT' | 'BRAND';
  /** BRAND: the merchant that stands for it. */
  readonly merchantId?: string;
  readonly basisPoints: bigint;
}

/**
 * How a sub-order is to be split. RULE: by the version in force when it is paid, which is noted then. TERMS: by participants that
 * the order itself names. MANUAL: as the market asks for, until the last day. MERCHANT: all to who sells.
 */
export type SplitPlan =
  | { readonly by: 'RULE'; readonly ruleId: string; readonly version?: number }
  | { readonly by: 'TERMS'; readonly terms: SplitTerms; readonly dueOn?: PlainDate }
  | { readonly by: 'MANUAL' }
  | { readonly by: 'MERCHANT'; readonly dueOn?: PlainDate };

export interface Payment {
  readonly channelId: string;
  /** The channel's number of it; with the channel, it is the same payment however often it is told. */
  readonly transactionId: string;
  readonly amount: bigint;
  /** What the channel keeps of it. */
  readonly fee: bigint;
  /** ISO instant, by the channel. */
  readonly paidAt: string;
  /** The day of the market that it counts as of. */
  readonly businessDate: PlainDate;
}

/** Money of a sub-order that was given to receivers, all at once. */
export interface OrderSplit {
  /** PLAN: what the plan gave. Others are the market's requests, by their number. REST: what was left on the last day. */
  readonly no: string;
  readonly at: string;
  readonly legs: readonly OrderLeg[];
}

/** A share, and the day on which it is paid out: once promised, it does not move. */
export interface OrderLeg extends SplitLeg {
  /** The merchant who gets it; never left open here. */
  readonly receiver: string;
  readonly dueOn: PlainDate;
  /** What refunds have taken of it. */
  readonly takenBack: bigint;
}

export const refundStates = [
  'ACCEPTED',
  'PENDING_FUNDS',
  'FUNDED',
  'SENT',
  'SUCCEEDED',
  'UNCERTAIN',
  'FAILED',
] as const;
export type RefundState = (typeof refundStates)[number];

export interface OrderRefund {
  /** The market's. */
  readonly no: string;
  /** The payment that it goes back on. */
  readonly channelId: string;
  readonly transactionId: string;
  /** What goes back to the consumer, and what of coupons to their funders: all that is taken, and `feeBack`. */
  readonly amount: bigint;
  readonly toFunders: readonly FunderAmount[];
  /** By sub-order and leg; `leg` is none for what was not split. */
  readonly takes: readonly RefundTake[];
  /** What the channel itself gives back of its fee. What it keeps is a take from the merchant who bore it. */
  readonly feeBack: bigint;
  readonly state: RefundState;
  readonly reason?: string;
  readonly fingerprint: string;
  readonly askedAt: string;
  readonly changedAt: string;
  /** Of the market, when its money was there: its lines are of that day. */
  readonly fundedOn?: PlainDate;
}

export interface RefundTake {
  readonly subOrderNo: string;
  /** Of which split and leg; none: of what was not split. */
  readonly leg?: { readonly split: string; readonly sequence: number };
  /** Who gives it: the leg's receiver, or the merchant who bears it in its place; none: it is supervised still. */
  readonly from?: string;
  /** The part of the fee that the channel keeps: of no leg, and given by the merchant who bore the fee. */
  readonly isFee?: true;
  readonly amount: bigint;
}

/** What of a refund goes to one funder of coupons. */
export interface FunderAmount extends Pick<CouponFunder, 'merchantId'> {
  readonly kind: Exclude<CouponFunder['kind'], 'MERCHANT'>;
  readonly amount: bigint;
}

export interface Dispute {
  readonly openedAt: string;
  /** Of the market: shares that are due later are held. */
  readonly openedOn: PlainDate;
  readonly reason: string;
  readonly resolvedAt?: string;
  readonly resolvedOn?: PlainDate;
}
