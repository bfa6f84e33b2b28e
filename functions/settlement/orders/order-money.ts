import { allocate } from '../../../shared/money/allocate.ts';
import { smaller } from '../../../shared/money/compare.ts';
import { sum } from '../../../shared/money/sum.ts';
import type { Coupon, Subsidy } from '../coupons/coupon.ts';
import { type FundedOrder, fundCoupons } from '../coupons/fund-coupons.ts';
import type { Order, OrderCoupon, SubOrder } from './order.ts';
import { isStanding } from './taken-back.ts';

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
  /** What it still has to pay; 0 when that is done. */
  readonly toPay: bigint;
  readonly isPaid: boolean;
  /** Paid, and all subsidies have landed: the money belongs to the sub-orders. */
  readonly isSettled: boolean;
  /** What channels keep of all that was paid. */
  readonly fee: bigint;
  readonly deposit: Deposit;
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
  /** What its receivers were given, or what goes into a sum, before what refunds took back. */
  readonly given: bigint;
  /** What refunds gave back of it, the fee included. */
  readonly refunded: bigint;
  /** Supervised: neither given nor back. */
  readonly unsplit: bigint;
}

export function orderMoney(order: Order): OrderMoney {
  const funded = fundedOrder(order);
  const { payments, refunds } = order;
  const counted = payments.filter(({ isBeyond }) => !isBeyond);
  const paid = sum(payments.map(({ amount }) => amount));
  const towards = sum(counted.map(({ amount }) => amount));
  const isPaid = towards >= funded.consumerPays;
  const isSettled = isPaid && hasLanded(order);
  const fee = sum(payments.map((payment) => payment.fee));
  const settled = sum(funded.subOrders.map((one) => one.settled));
  // A fee above the order itself can only be of what was paid beyond it.
  const orderFee = isSettled ? smaller(sum(counted.map((one) => one.fee)), settled) : 0n;
  const fees = isSettled
    ? allocate(
        orderFee,
        funded.subOrders.map((one) => one.settled),
      )
    : [];
  const depositAmount = isSettled ? paid - funded.consumerPays : paid;
  const standing = refunds.filter(isStanding);
  return {
    ...{ funded, paid, isPaid, isSettled, fee },
    toPay: isPaid ? 0n : funded.consumerPays - towards,
    deposit: {
      amount: depositAmount,
      fee: fee - orderFee,
      refunded: sum(standing.filter(({ lines }) => lines.length === 0).map(({ amount }) => amount)),
      held: depositAmount - (fee - orderFee) - takenUnsplit(order, ''),
    },
    subOrders: order.subOrders.map((subOrder, place) =>
      subOrderMoney(order, subOrder, isSettled ? (funded.subOrders[place]?.settled ?? 0n) : 0n, fees[place] ?? 0n),
    ),
  };
}

function subOrderMoney(order: Order, { no, splits }: SubOrder, settled: bigint, fee: bigint): SubOrderMoney {
  const given = sum(splits.flatMap(({ legs }) => legs.map(({ amount }) => amount)));
  const lines = order.refunds.filter(isStanding).flatMap((refund) => refund.lines);
  const refunded = sum(lines.filter((line) => line.subOrderNo === no).map(({ amount }) => amount));
  return { no, settled, fee, given, refunded, unsplit: settled - fee - given - takenUnsplit(order, no) };
}

/** What refunds take of supervised money that is in no split; what goes into a sum is. */
function takenUnsplit({ refunds }: Order, subOrderNo: string): bigint {
  const takes = refunds.filter(isStanding).flatMap((refund) => refund.takes);
  return sum(
    takes
      .filter((take) => take.subOrderNo === subOrderNo && take.from === undefined && take.leg === undefined)
      .map(({ amount }) => amount),
  );
}

/** Throws where the coupons cannot be: they were looked at when the order was made. */
export function fundedOrder({ no, subOrders }: Pick<Order, 'no' | 'subOrders'>): FundedOrder {
  const funded = fundCoupons(
    subOrders.map(({ no: id, amount }) => ({ id, amount })),
    subOrders.flatMap((subOrder) => subOrder.coupons.map((coupon) => asCoupon(coupon, subOrder.no))),
  );
  if ('subOrders' in funded) return funded;
  throw new Error(`The coupons of order ${no} cannot be used.`);
}

export function asCoupon({ id, amount, funders }: OrderCoupon, subOrderId: string): Coupon {
  const funding = funders.map(({ kind, merchantId, basisPoints }) => ({
    funder: kind === 'BRAND' ? { kind, party: merchantId ?? '' } : { kind },
    basisPoints,
  }));
  return { id, amount, subOrderId, funding };
}

/** Whether a coupon moves money: somebody else than the merchant gives some of it. */
export function isSubsidised({ funders }: Pick<OrderCoupon, 'funders'>): boolean {
  return funders.some(({ kind }) => kind !== 'MERCHANT');
}

function hasLanded({ subOrders }: Order): boolean {
  return subOrders.every(({ coupons }) =>
    coupons.every((coupon) => coupon.landedAt !== undefined || !isSubsidised(coupon)),
  );
}

/** A subsidy in the words of an order. */
export function asFunderAmount({ funder, amount }: Subsidy) {
  return { kind: funder.kind, ...(funder.kind === 'BRAND' && { merchantId: funder.party }), amount };
}
