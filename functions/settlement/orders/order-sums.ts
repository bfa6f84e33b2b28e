import { sum } from '../../../shared/money/sum.ts';
import { fundCoupons } from '../coupons/fund-coupons.ts';
import type { Order } from './order.ts';
import { asCoupon, isSubsidised, orderMoney } from './order-money.ts';
import { isStanding } from './taken-back.ts';

/** Where all that came for an order is. `received` is always the sum of the others. Minor units. */
export interface OrderSums {
  /** What consumers paid, and what has landed of coupons. */
  readonly received: bigint;
  /** What receivers have of it, after what refunds took. */
  readonly shares: bigint;
  /** What channels keep. */
  readonly fees: bigint;
  /** What goes back to consumers and funders, accepted ones included. */
  readonly refunds: bigint;
  /** Neither given nor back. */
  readonly supervised: bigint;
}

export function orderSums(order: Order): OrderSums {
  const { paid, fee, deposit, subOrders } = orderMoney(order);
  const given = sum(subOrders.map((one) => one.given));
  const refunds = order.refunds.filter(isStanding);
  const takes = refunds.flatMap((refund) => refund.takes);
  const fromReceivers = sum(takes.filter(({ from }) => from !== undefined).map(({ amount }) => amount));
  const landed = landedSubsidies(order);
  const isInSubOrders = subOrders.some(({ settled }) => settled > 0n);
  return {
    received: paid + landed,
    shares: given - fromReceivers,
    fees: fee - sum(refunds.map(({ feeBack }) => feeBack)),
    refunds: sum(refunds.map(({ amount }) => amount)),
    // What landed before the rest did belongs to no sub-order yet.
    supervised: deposit.held + sum(subOrders.map(({ unsplit }) => unsplit)) + (isInSubOrders ? 0n : landed),
  };
}

function landedSubsidies({ subOrders }: Order): bigint {
  return sum(
    subOrders.flatMap(({ no, amount, coupons }) => {
      const landed = coupons.filter((coupon) => coupon.landedAt !== undefined && isSubsidised(coupon));
      const funded = fundCoupons(
        [{ id: no, amount }],
        landed.map((coupon) => asCoupon(coupon, no)),
      );
      return 'subsidies' in funded ? funded.subsidies.map((one) => one.amount) : [];
    }),
  );
}
