import { type PayMethod, payMethodCodes } from '../channels/channel.ts';
import { type PaymentFlag, paymentFlags } from '../channels/payment-fault.ts';
import type { OrderSums } from '../journal/order-sums.ts';
import type { SplitLine, SplitTerms, Tier } from '../splits/split-rule.ts';
import { splitBases, splitMethods } from '../splits/split-rule.ts';
import {
  type AddOn,
  type CouponFunder,
  type Dispute,
  type FunderAmount,
  notSplitReasons,
  type Order,
  type OrderCoupon,
  type OrderLeg,
  type OrderRefund,
  type OrderRefundLine,
  type OrderSplit,
  type Payment,
  type RefundTake,
  refundResults,
  refundStates,
  type ShareOfSum,
  type Slip,
  type SplitPlan,
  type SubOrder,
  type ToldResult,
} from './order.ts';
import { movedGains, type PackedPast } from './pack-past.ts';
import { fields, instantText, list, money, oneOf, type Packer, plain, texts } from './packing.ts';

/** How an order is packed. Fields stand by place: what comes to be is put behind the others, in lists of names too. */

const text = plain<string>();
const count = plain<number>();
const yes = plain<true>();
/** A list of texts that is never empty. */
const some: Packer<readonly string[]> = { write: (value) => value, read: (packed) => packed as string[] };

/** All but the key and the revision. Of legs, `takenBack` is not kept. */
export interface PackedOrder extends Omit<Order, 'tenant' | 'no' | 'revision' | 'past'> {
  readonly past?: readonly PackedPast[];
}

const terms = fields<SplitTerms>({
  base: oneOf(...splitBases),
  method: oneOf(...splitMethods),
  lines: list(
    fields<SplitLine>({
      sequence: count,
      receiver: text,
      share: asUnion(
        fields<FlatShare>({
          kind: oneOf('FIXED', 'RATIO', 'WEIGHT', 'TIERS', 'REMAINDER'),
          amount: money,
          basisPoints: money,
          weight: money,
          apply: oneOf('MARGINAL', 'WHOLE'),
          tiers: optional(list(fields<Tier>({ from: money, basisPoints: money }))),
        }),
      ),
      cap: money,
      floor: money,
    }),
  ),
  feeBearer: asUnion(
    fields<{ readonly kind: 'REMAINDER' | 'MERCHANT' | 'LINE'; readonly sequence?: number }>({
      kind: oneOf('REMAINDER', 'MERCHANT', 'LINE'),
      sequence: count,
    }),
  ),
  lifetimeCapBasisPoints: money,
});

interface FlatShare {
  readonly kind: SplitLine['share']['kind'];
  readonly amount?: bigint;
  readonly basisPoints?: bigint;
  readonly weight?: bigint;
  readonly apply?: 'MARGINAL' | 'WHOLE';
  readonly tiers?: readonly Tier[];
}

const funderAmounts = list(fields<FunderAmount>({ kind: oneOf('PLATFORM', 'BRAND'), amount: money, merchantId: text }));

const coupon = fields<OrderCoupon>({
  id: text,
  amount: money,
  funders: list(
    fields<CouponFunder>({ kind: oneOf('PLATFORM', 'MERCHANT', 'BRAND'), basisPoints: money, merchantId: text }),
  ),
  landedAt: instantText,
  lapsedAt: instantText,
  landedOn: text,
});

/** What refunds took of a leg is told by the refunds. */
const leg = fields<Omit<OrderLeg, 'takenBack'>>({
  sequence: count,
  receiver: text,
  amount: money,
  fee: money,
  base: money,
  kind: oneOf('FIXED', 'RATIO', 'WEIGHT', 'TIERS', 'REMAINDER', 'MERCHANT', 'SUM'),
  dueOn: text,
  bound: oneOf('CAP', 'FLOOR'),
  rest: money,
  cash: money,
  room: money,
});

const split = fields<OrderSplit>({
  no: text,
  at: instantText,
  legs: list(leg as unknown as Packer<OrderLeg>),
  feeBearer: text,
  request: fields({ fingerprint: text, terms }),
});

const subOrder = fields<SubOrder>({
  no: text,
  merchantId: text,
  amount: money,
  plan: asUnion(
    fields<FlatPlan>({
      by: oneOf('RULE', 'TERMS', 'MANUAL', 'MERCHANT'),
      ruleId: text,
      version: count,
      terms,
      failureMode: oneOf('ALL_OR_NOTHING', 'PARTIAL'),
      lifetimeCapBasisPoints: money,
    }),
  ),
  splits: list(split),
  coupons: list(coupon),
  addOns: list(fields<AddOn>({ id: text, name: text, type: text, amount: money })),
  expectedOn: text,
  confirmedAt: instantText,
  waitsUntil: text,
  notSplit: oneOf(...notSplitReasons),
});

interface FlatPlan {
  readonly by: SplitPlan['by'];
  readonly ruleId?: string;
  readonly version?: number;
  readonly terms?: SplitTerms;
  readonly failureMode?: 'ALL_OR_NOTHING' | 'PARTIAL';
  readonly lifetimeCapBasisPoints?: bigint;
}

/** By the code that it has outside, so that the list of methods may be ordered in any way. */
const payMethod: Packer<PayMethod> = {
  write: (method) => payMethodCodes[method],
  read: (code) => {
    const found = Object.entries(payMethodCodes).find(([, one]) => one === code);
    if (!found) throw new Error(`There is no pay method ${code}.`);
    return found[0] as PayMethod;
  },
};
const flags: Packer<readonly PaymentFlag[]> = optional(list(oneOf(...paymentFlags)));

const told = { channelId: text, transactionId: text, amount: money, fee: money, paidAt: instantText } as const;

const refund = fields<OrderRefund>({
  no: text,
  channelId: text,
  transactionId: text,
  amount: money,
  state: oneOf(...refundStates),
  takes: list(
    fields<RefundTake>({
      subOrderNo: text,
      amount: money,
      leg: fields({
        split: text,
        sequence: count,
        share: fields<ShareOfSum>({ date: text, sequence: count, receiver: text }),
      }),
      from: text,
      isFee: yes,
    }),
  ),
  lines: list(fields<OrderRefundLine>({ subOrderNo: text, amount: money, toFunders: funderAmounts })),
  feeBack: money,
  fingerprint: text,
  askedAt: instantText,
  changedAt: instantText,
  toFunders: funderAmounts,
  fundedOn: text,
  reason: text,
  isBeyond: yes,
  resultReason: text,
  told: fields<ToldResult>({ result: oneOf(...refundResults), at: instantText, reason: text }),
  pendingOn: text,
});

const pastFigures = fields<PackedPast>({
  on: text,
  paid: { ...count, empty: 0 },
  sums: fields<OrderSums>({
    ...{ received: money, shares: money, fees: money, refunds: money, supervised: money, summed: money },
  }),
  takenOfShares: money,
  moved: movedGains,
});

export const orderPacker: Packer<PackedOrder> = fields<PackedOrder>({
  marketId: text,
  currency: text,
  subOrders: list(subOrder),
  createdAt: instantText,
  payBy: instantText,
  fingerprint: text,
  changedAt: instantText,
  cause: fields({ client: text, role: text, requestId: text }),
  payments: list(fields<Payment>({ ...told, businessDate: text, isBeyond: yes, payMethod, flags })),
  refunds: list(refund),
  references: texts,
  disputes: list(
    fields<Dispute>({
      openedAt: instantText,
      lastRunOn: text,
      lastRunAt: instantText,
      reason: text,
      resolvedAt: instantText,
      resolvedOn: text,
      splitBefore: some,
      settledBefore: some,
    }),
  ),
  slips: list(
    fields<Slip>({
      ...told,
      businessDate: text,
      toldBy: text,
      toldAt: instantText,
      payMethod,
      flags,
      refused: fields({ at: instantText, by: text, reason: text }),
    }),
  ),
  subsidiesBack: count,
  past: optional(list(pastFigures)),
});

/** Whichever of the forms it is, only its fields are there. */
function asUnion<T, U>(packer: Packer<T>): Packer<U> {
  return packer as unknown as Packer<U>;
}

/** A list that is not there where nothing was written. */
function optional<T>({ write, read }: Packer<T>): Packer<T> {
  return { write, read };
}
