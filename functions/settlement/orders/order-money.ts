import { allocate } from '../../../shared/money/allocate.ts';
import { smaller } from '../../../shared/money/compare.ts';
import { BASIS_POINTS_ONE, divideHalfUp } from '../../../shared/money/rounding.ts';
import { sum } from '../../../shared/money/sum.ts';
import type { Coupon, Subsidy } from '../coupons/coupon.ts';
import { type FundedOrder, type FundedSubOrder, fundCoupons } from '../coupons/fund-coupons.ts';
import { subsidiesOf } from '../journal/guarded-legs.ts';
import type { Order, OrderCoupon, OrderRefund, SubOrder } from './order.ts';
import { isEnded, isStanding } from './taken-back.ts';

/**
 * Where the money of an order stands, told from its facts. Until all of it is paid and what funders of coupons give has landed,
 * what was paid is a deposit: it belongs to no sub-order yet. From then on each sub-order has what it is settled with, and only what
 * was paid beyond the order stays a deposit. Minor units.
 */
export interface OrderMoney {
  /** What coupons make of it: who pays what. */
  readonly funded: FundedOrder;
  /** What the consumer paid, all in all. */
  readonly paid: bigint;
  /** What it still has to pay; 0 when that is done, or when a refund has ended the order. */
  readonly toPay: bigint;
  readonly isPaid: boolean;
  /** Paid, and all subsidies have landed: the money belongs to the sub-orders. */
  readonly isSettled: boolean;
  /** What channels keep of all that was paid. */
  readonly fee: bigint;
  /** Until the order is settled all that was paid; then what was paid beyond it. */
  readonly deposit: Deposit;
  /** What was paid beyond the order, whether it is settled or not. */
  readonly beyond: Deposit;
  readonly subOrders: readonly SubOrderMoney[];
}

/** What belongs to no sub-order. */
export interface Deposit {
  /** What was paid of it, and the fee in that. */
  readonly amount: bigint;
  readonly fee: bigint;
  /** What refunds gave back of it. */
  readonly refunded: bigint;
  /** What is supervised of it. */
  readonly held: bigint;
}

export interface SubOrderMoney {
  readonly no: string;
  /** What there is to split with the fee; nothing until the order is settled. */
  readonly settled: bigint;
  readonly fee: bigint;
  /** What of the fee no refund has accounted for: not given back by the channel, nor paid by who bore it. */
  readonly feeLeft: bigint;
  /** What its receivers were given, or what goes into a sum, before what refunds took back. */
  readonly given: bigint;
  /** What refunds gave back of it, the fee included. */
  readonly refunded: bigint;
  /** Supervised: neither given nor back. */
  readonly unsplit: bigint;
  /** What ratios of ORDER and of PAID are of, less what was refunded: before coupons, and what the consumer paid. */
  readonly ordered: bigint;
  readonly cash: bigint;
}

export function orderMoney(order: Order): OrderMoney {
  return moneyOf(order, fundedOrder(order));
}

function moneyOf(order: Order, funded: FundedOrder): OrderMoney {
  const { payments, refunds } = order;
  const counted = payments.filter(({ isBeyond }) => !isBeyond);
  const paid = sum(payments.map(({ amount }) => amount));
  const towards = sum(counted.map(({ amount }) => amount));
  const isPaid = towards >= funded.consumerPays;
  const isSettled = isPaid && hasLanded(order);
  const fee = sum(payments.map((payment) => payment.fee));
  const settled = sum(funded.subOrders.map((one) => one.settled));
  // A fee above the order itself can only be of what was paid beyond it.
  const orderFee = smaller(sum(counted.map((one) => one.fee)), settled);
  const fees =
    isSettled && settled > 0n
      ? allocate(
          orderFee,
          funded.subOrders.map((one) => one.settled),
        )
      : [];
  const unsettled = refunds.filter((refund) => isStanding(refund) && refund.lines.length === 0);
  const beyond = depositOf(
    { amount: paid - smaller(towards, funded.consumerPays), fee: fee - orderFee },
    unsettled.filter(({ isBeyond }) => isBeyond),
  );
  return {
    ...{ funded, paid, isPaid, isSettled, fee },
    toPay: isPaid || isEnded(order) ? 0n : funded.consumerPays - towards,
    ...{ deposit: isSettled ? beyond : depositOf({ amount: paid, fee }, unsettled), beyond },
    subOrders: order.subOrders.map((subOrder, place) =>
      subOrderMoney(order, subOrder, isSettled ? funded.subOrders[place] : undefined, fees[place] ?? 0n),
    ),
  };
}

/** What is left of money that belongs to no sub-order. */
function depositOf(of: Pick<Deposit, 'amount' | 'fee'>, refunds: readonly OrderRefund[]): Deposit {
  const refunded = sum(refunds.map(({ amount }) => amount));
  return { ...of, refunded, held: of.amount - of.fee - takenUnsplit({ refunds }, '') };
}

/** `funded` is none until the order is settled. */
function subOrderMoney(
  order: Order,
  { no, splits }: SubOrder,
  funded: FundedSubOrder | undefined,
  fee: bigint,
): SubOrderMoney {
  const { settled = 0n, amount: whole = 0n, consumerPays = 0n } = funded ?? {};
  const given = sum(splits.flatMap(({ legs }) => legs.map(({ amount }) => amount)));
  const standing = order.refunds.filter(isStanding);
  const lines = standing.flatMap((refund) => refund.lines.filter((line) => line.subOrderNo === no));
  const takes = standing.flatMap((refund) => refund.takes.filter((take) => take.subOrderNo === no && !take.isFee));
  const refunded = sum(lines.map(({ amount }) => amount));
  const taken = sum(takes.map(({ amount }) => amount));
  const unsplit = settled - fee - given - takenUnsplit(order, no);
  const toFunders = sum(lines.flatMap((line) => line.toFunders.map(({ amount }) => amount)));
  return {
    ...{ no, settled, fee, feeLeft: fee - (refunded - taken), given, refunded, unsplit },
    ordered: settled === 0n ? 0n : divideHalfUp(whole * (settled - refunded), settled),
    cash: consumerPays - (refunded - toFunders),
  };
}

/** What refunds take of supervised money that is in no split; what goes into a sum is. */
function takenUnsplit({ refunds }: Pick<Order, 'refunds'>, subOrderNo: string): bigint {
  const takes = refunds.filter(isStanding).flatMap((refund) => refund.takes);
  return sum(
    takes
      .filter((take) => take.subOrderNo === subOrderNo && take.from === undefined && take.leg === undefined)
      .map(({ amount }) => amount),
  );
}

/** Throws where the coupons cannot be: they were looked at when the order was made. */
export function fundedOrder(order: Pick<Order, 'no' | 'subOrders'>): FundedOrder {
  const funded = fundingOf(order);
  if (funded) return funded;
  throw new Error(`The coupons of order ${order.no} cannot be used.`);
}

/** Nothing where the coupons cannot be. */
function fundingOf({ subOrders }: Pick<Order, 'subOrders'>): FundedOrder | undefined {
  const funded = fundCoupons(
    subOrders.map(({ no: id, amount }) => ({ id, amount })),
    subOrders.flatMap((subOrder) => subOrder.coupons.map((coupon) => asCoupon(coupon, subOrder.no))),
  );
  return 'subOrders' in funded ? funded : undefined;
}

/**
 * The sub-orders of which something is left to split, or is still to come from funders of coupons. Never throws: of an order whose
 * coupons cannot be, nobody knows, and all of them are.
 */
export function unsplitSubOrders(order: Order): ReadonlySet<string> {
  const funded = fundingOf(order);
  const money = funded && moneyOf(order, funded);
  const all = !money || awaitsSubsidies(order, money);
  const left = all ? order.subOrders : money.subOrders.filter(({ unsplit }) => unsplit > 0n);
  return new Set(left.map(({ no }) => no));
}

export function asCoupon({ id, amount, funders, lapsedAt }: OrderCoupon, subOrderId: string): Coupon {
  if (lapsedAt !== undefined) {
    return { id, amount, subOrderId, funding: [{ funder: { kind: 'MERCHANT' }, basisPoints: BASIS_POINTS_ONE }] };
  }
  const funding = funders.map(({ kind, merchantId, basisPoints }) => ({
    funder: kind === 'BRAND' ? { kind, party: merchantId ?? '' } : { kind },
    basisPoints,
  }));
  return { id, amount, subOrderId, funding };
}

/** Whether a coupon moves money: somebody else than the merchant gives some of it, and not only a part that rounds to nothing. */
export function isSubsidised(coupon: Pick<OrderCoupon, 'amount' | 'funders'>): boolean {
  return subsidiesOf(coupon).length > 0;
}

/** Whether it is paid, and waits for what funders of its coupons give. */
export function awaitsSubsidies(order: Order, money: OrderMoney = orderMoney(order)): boolean {
  return money.isPaid && !money.isSettled && !isEnded(order);
}

/** Whether what others than the merchant give to a coupon is still to come. */
export function isOwed(coupon: OrderCoupon): boolean {
  return isSubsidised(coupon) && coupon.landedAt === undefined && coupon.lapsedAt === undefined;
}

function hasLanded({ subOrders }: Order): boolean {
  return !subOrders.some(({ coupons }) => coupons.some(isOwed));
}

/** A subsidy in the words of an order. */
export function asFunderAmount({ funder, amount }: Subsidy) {
  return { kind: funder.kind, ...(funder.kind === 'BRAND' && { merchantId: funder.party }), amount };
}
