import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { PayMethod } from '../channels/channel.ts';
import type { PaymentFlag } from '../channels/payment-fault.ts';
import type { OrderFigures } from '../journal/order-figures.ts';
import type { SplitLeg } from '../splits/split.ts';
import type { FailureMode, SplitTerms } from '../splits/split-rule.ts';

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
  /** What is paid after it is taken and shown as late. */
  readonly payBy: string;
  readonly references: Readonly<Record<string, string>>;
  /** By when they were paid, whatever the order in which they were told; those beyond the order behind the others. */
  readonly payments: readonly Payment[];
  /** Told by slip, and not confirmed by a second person yet, or refused: no money of it counts. */
  readonly slips: readonly Slip[];
  readonly refunds: readonly OrderRefund[];
  /** In the order in which they were opened, none before the one before it was resolved. While one stands, nothing is paid out. */
  readonly disputes: readonly Dispute[];
  /** How often subsidies came when a refund had ended the order, and are given back; none where they never did. */
  readonly subsidiesBack?: number;
  /** What it came to at the ends of earlier days on which it was changed, where that was something, in their order. */
  readonly past?: readonly PastFigures[];
  /** Of what was asked for, so that the same number with other content is refused. */
  readonly fingerprint: string;
  readonly revision: number;
  readonly changedAt: string;
  readonly cause: Cause;
}

/** Where the money of an order was at the end of a day on which it was changed, and until the next change. */
export interface PastFigures extends OrderFigures {
  readonly on: PlainDate;
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
  /** The clearing date that the order was sent with (确认收货日期): it takes the place of the plan's period. */
  readonly expectedOn?: PlainDate;
  /** 确认收货. */
  readonly confirmedAt?: string;
  /** Each once; none while its money is supervised as a whole. */
  readonly splits: readonly OrderSplit[];
  /** What is not split waits until the run of this day; then it goes by the plan, or to the merchant. Set when it is paid. */
  readonly waitsUntil?: PlainDate;
  /** Why the plan could not be carried out, where it was tried; it waits for somebody then. */
  readonly notSplit?: NotSplit;
}

/** What keeps a plan from being carried out. */
export const notSplitReasons = [
  'RULE_NOT_IN_FORCE',
  'RECEIVER_SUSPENDED',
  'CALENDAR_NOT_PUBLISHED',
  'BASE_TOO_SMALL',
  'LIFETIME_CAP',
  'FEE_NOT_COVERED',
  'RATIOS_ABOVE_PAID',
  'CHANNEL_CAP',
] as const;
export type NotSplit = (typeof notSplitReasons)[number];

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
  /** Of the market. */
  readonly landedOn?: PlainDate;
  /** When the order could wait no longer for what others give: since then it is the merchant who takes less. */
  readonly lapsedAt?: string;
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
  | { readonly by: 'TERMS'; readonly terms: SplitTerms; readonly failureMode: FailureMode }
  | { readonly by: 'MANUAL'; readonly lifetimeCapBasisPoints?: bigint }
  | { readonly by: 'MERCHANT' };

/** What a channel says of a payment. */
export interface ToldPayment {
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
  /** How the consumer paid, where that was told. */
  readonly payMethod?: PayMethod;
  /** What the channel does not take of it, and what came all the same. */
  readonly flags?: readonly PaymentFlag[];
}

export interface Payment extends ToldPayment {
  /** It came when the order was paid, or was ended by a refund that has not failed: it is kept, and goes back by a refund. */
  readonly isBeyond?: true;
}

export interface Slip extends ToldPayment {
  /** The client that told it (制单); another one confirms it (复核). */
  readonly toldBy: string;
  readonly toldAt: string;
  /** Found wrong: no money of it counts any more. */
  readonly refused?: { readonly at: string; readonly by: string; readonly reason: string };
}

/** Money of a sub-order that was given to receivers, all at once. */
export interface OrderSplit {
  /** PLAN: what the plan gave. REST: what was left on the last day, or was unfrozen. Others are requests, by their number. */
  readonly no: string;
  readonly at: string;
  readonly legs: readonly OrderLeg[];
  /** The merchant whose leg the fee was taken from, where it is not the one who sells. */
  readonly feeBearer?: string;
  /** A request: what it was split by, and a fingerprint of what was asked for. */
  readonly request?: { readonly terms?: SplitTerms; readonly fingerprint: string };
}

/**
 * A share, and the day on which it is paid out: once promised, it does not move. SUM: the whole of it goes into a sum (汇总) of that
 * day, and is supervised until that is split.
 */
export interface OrderLeg extends Omit<SplitLeg, 'kind'> {
  readonly kind: SplitLeg['kind'] | 'SUM';
  /** The merchant who gets it, of a sum the one who sells; never left open here. */
  readonly receiver: string;
  readonly dueOn: PlainDate;
  /** SUM: what of its base the consumer paid, where others gave towards it. */
  readonly cash?: bigint;
  /** SUM: what others than the merchant who sells may have of it at most, where a channel has a cap. */
  readonly room?: bigint;
  /** What refunds have taken of it. Not kept: it is what the refunds say. */
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
  'DELAYED',
  'WITHDRAWN',
] as const;
export type RefundState = (typeof refundStates)[number];

/** What a channel says of a refund. */
export const refundResults = ['SENT', 'SUCCEEDED', 'UNCERTAIN', 'FAILED', 'DELAYED'] as const;
export type RefundResult = (typeof refundResults)[number];

/**
 * What a channel said before it could count: before the money of a refund was there; or that it failed, before funders of coupons have
 * given their part again.
 */
export interface ToldResult {
  readonly result: RefundResult;
  readonly reason?: string;
  readonly at: string;
}

export interface OrderRefund {
  /** The market's; no other order of it has the same. */
  readonly no: string;
  /** The payment that it goes back on. */
  readonly channelId: string;
  readonly transactionId: string;
  /** What goes back to the consumer, and what of coupons to their funders: all that is taken, and `feeBack`. */
  readonly amount: bigint;
  readonly toFunders: readonly FunderAmount[];
  /** It is of what was paid beyond the order, and leaves the order as it is. */
  readonly isBeyond?: true;
  /** What is refunded of each sub-order; none of what was paid beyond the order, or before it was settled. */
  readonly lines: readonly OrderRefundLine[];
  /** By sub-order and leg; `leg` is none for what was not split. */
  readonly takes: readonly RefundTake[];
  /** What the channel itself gives back of its fee. What it keeps is a take from the merchant who bore it. */
  readonly feeBack: bigint;
  readonly state: RefundState;
  /** Why it was asked for. */
  readonly reason?: string;
  /** Why it came to what it is, by the channel or who withdrew it. */
  readonly resultReason?: string;
  readonly told?: ToldResult;
  readonly fingerprint: string;
  readonly askedAt: string;
  readonly changedAt: string;
  /** Of the market, when merchants had too little for it: since then it counts on their days, though nothing is taken yet. */
  readonly pendingOn?: PlainDate;
  /** Of the market, when its money was there: its lines are of that day, or on merchants' days of `pendingOn`. */
  readonly fundedOn?: PlainDate;
}

/** What a refund takes and gives, as it is decided when it is asked for. */
export type RefundContent = Pick<OrderRefund, 'amount' | 'toFunders' | 'lines' | 'takes' | 'feeBack' | 'isBeyond'>;

export interface OrderRefundLine {
  readonly subOrderNo: string;
  readonly amount: bigint;
  /** Of the amount, what the funders of its coupons get back. */
  readonly toFunders: readonly FunderAmount[];
}

export interface RefundTake {
  /** Empty for what was paid beyond the order, or for an order that was never paid in full. */
  readonly subOrderNo: string;
  /** Of which split and leg; none: of what was not split. Of a sum that was split, also against which share of which day. */
  readonly leg?: { readonly split: string; readonly sequence: number; readonly share?: ShareOfSum };
  /** Who gives it: the leg's receiver, or the merchant who bears it in its place; none: it is supervised still. */
  readonly from?: string;
  /** The part of the fee that the channel keeps: of no leg, and given by the merchant who bore the fee. */
  readonly isFee?: true;
  readonly amount: bigint;
}

/** What a receiver was given of a day's sums by one line. */
export interface ShareOfSum {
  readonly date: PlainDate;
  readonly sequence: number;
  readonly receiver: string;
}

/** What of a refund goes to one funder of coupons. */
export interface FunderAmount extends Pick<CouponFunder, 'merchantId'> {
  readonly kind: Exclude<CouponFunder['kind'], 'MERCHANT'>;
  readonly amount: bigint;
}

export interface Dispute {
  readonly openedAt: string;
  /** What was settled when it was opened: legs (legsBySplit), and sub-orders that a sum was split with. All else is held. */
  readonly settledBefore?: readonly string[];
  readonly splitBefore?: readonly string[];
  /**
   * Only of those that were opened when that was not noted: the day and the instant of the last run before. What was due and known by
   * then counts as settled.
   */
  readonly lastRunOn?: PlainDate;
  readonly lastRunAt?: string;
  readonly reason: string;
  readonly resolvedAt?: string;
  /** A working day: what was held is paid out on it or later. */
  readonly resolvedOn?: PlainDate;
}
