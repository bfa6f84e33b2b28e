import { sum } from '../../../shared/money/sum.ts';
import type { Order, OrderRefund, RefundTake } from '../orders/order.ts';
import { legKey } from '../orders/taken-back.ts';
import { landedOf } from './guarded-legs.ts';
import { standingRefunds } from './standing-refunds.ts';

/**
 * Where the money of an order is. `received` is always the sum of the others. Minor units.
 */
export interface OrderSums {
  /** What consumers paid, and what has landed of coupons. */
  readonly received: bigint;
  /** What merchants have of it, after what refunds took. */
  readonly shares: bigint;
  /** What channels keep. */
  readonly fees: bigint;
  /** What went back to consumers and funders. */
  readonly refunds: bigint;
  /** Neither given nor back, nor part of a sum. */
  readonly supervised: bigint;
  /** What goes into sums of a day, which are split by themselves: supervised until then, less what refunds took of it. */
  readonly summed: bigint;
}

export const noSums: OrderSums = { received: 0n, shares: 0n, fees: 0n, refunds: 0n, supervised: 0n, summed: 0n };

/** `refunds` are those that count: of which the money was taken, unless told. */
export function orderSums(order: Order, refunds: readonly OrderRefund[] = standingRefunds(order)): OrderSums {
  const { payments, subOrders } = order;
  const subsidies = landedOf(subOrders.flatMap(({ coupons }) => coupons));
  const paid = sum(payments.map(({ amount }) => amount));
  const fees = sum(payments.map(({ fee }) => fee));
  const legs = subOrders.flatMap(({ splits }) => splits.flatMap((split) => split.legs));
  const given = sum(legs.filter(({ kind }) => kind !== 'SUM').map(({ amount }) => amount));
  const intoSums = sum(legs.filter(({ kind }) => kind === 'SUM').map(({ amount }) => amount));
  const takes = refunds.flatMap((refund) => refund.takes);
  const takenOf = (isOf: (take: RefundTake) => boolean) => sum(takes.filter(isOf).map(({ amount }) => amount));
  const sums = legsOfSums(order);
  const ofSum = ({ subOrderNo, leg }: RefundTake) =>
    leg !== undefined && sums.has(legKey(subOrderNo, leg.split, leg.sequence));
  return {
    received: paid + subsidies,
    shares: given - takenOf((take) => take.from !== undefined && !ofSum(take)),
    fees: fees - sum(refunds.map(({ feeBack }) => feeBack)),
    refunds: sum(refunds.map(({ amount }) => amount)),
    supervised: paid - fees + subsidies - given - intoSums - takenOf((take) => take.from === undefined && !ofSum(take)),
    summed: intoSums - takenOf(ofSum),
  };
}

function legsOfSums({ subOrders }: Order): Set<string> {
  return new Set(
    subOrders.flatMap(({ no, splits }) =>
      splits.flatMap((split) =>
        split.legs.filter(({ kind }) => kind === 'SUM').map(({ sequence }) => legKey(no, split.no, sequence)),
      ),
    ),
  );
}

export function addSums(one: OrderSums, other: OrderSums): OrderSums {
  return {
    received: one.received + other.received,
    shares: one.shares + other.shares,
    fees: one.fees + other.fees,
    refunds: one.refunds + other.refunds,
    supervised: one.supervised + other.supervised,
    summed: one.summed + other.summed,
  };
}

/** Σ received = Σ shares + fees + refunds + supervised + summed. */
export function addsUp({ received, shares, fees, refunds, supervised, summed }: OrderSums): boolean {
  return received === shares + fees + refunds + supervised + summed;
}
