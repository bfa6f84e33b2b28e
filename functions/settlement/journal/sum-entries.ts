import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { sum } from '../../../shared/money/sum.ts';
import type { Order, OrderLeg, OrderSplit, RefundTake, SubOrder } from '../orders/order.ts';
import { sumIdOf } from '../sums/sum.ts';
import type { Entry } from './entry.ts';
import { isDueBy, later } from './held-lines.ts';
import type { SumLine } from './line.ts';
import { standingRefunds } from './standing-refunds.ts';

/**
 * The line of a sub-order that is split with others, on its day: what there is of it after what refunds took while it was supervised.
 * None where that is nothing, and while a dispute holds it: once that is resolved it is in the sum of its day, or of the day on which it was resolved.
 */
export function sumEntry(order: Order, subOrder: SubOrder, split: OrderSplit, leg: OrderLeg): Entry[] {
  const date = sumDate(order, split, leg);
  const { plan, no: subOrderNo, merchantId: sellerId, coupons } = subOrder;
  if (date === undefined || plan.by !== 'RULE' || plan.version === undefined) return [];
  const refunds = refundsOfBase(order, subOrderNo, leg);
  const paid = sum(refunds.map(({ amount }) => amount));
  const taken = sum(refunds.map((refund) => refund.taken));
  if (leg.base - paid === 0n) return [];
  const coupon = sum(coupons.map(({ amount }) => amount));
  const line: SumLine = {
    ...{ kind: 'SUMMED', orderNo: order.no, subOrderNo, amount: leg.amount - taken },
    ...{ fee: leg.fee - (paid - taken), order: leg.base - paid },
    ...(coupon > 0n && { coupon }),
  };
  const { ruleId, version } = plan;
  const owner = { kind: 'SUM', id: sumIdOf({ ruleId, version, sellerId }) } as const;
  return [{ id: `sum ${JSON.stringify([subOrderNo, split.no])}`, owner, date, line }];
}

/** The day on which what a leg brings into a sum is split; none while a dispute holds it. */
export function sumDate(
  { disputes }: Pick<Order, 'disputes'>,
  { at }: Pick<OrderSplit, 'at'>,
  { dueOn }: Pick<OrderLeg, 'dueOn'>,
): PlainDate | undefined {
  let date = dueOn;
  for (const dispute of disputes) {
    if (isDueBy(date, at, dispute)) continue;
    if (dispute.resolvedOn === undefined) return undefined;
    date = later(date, dispute.resolvedOn);
  }
  return date;
}

/** By refund: what of the sum it gave back before that was split, with the fee in it; and what of that it took. */
function refundsOfBase(order: Order, subOrderNo: string, { sequence }: OrderLeg) {
  const isOfBase = ({ subOrderNo: of, leg, from }: RefundTake) =>
    of === subOrderNo && from === undefined && leg?.sequence === sequence;
  return standingRefunds(order).flatMap(({ takes, lines }) => {
    const own = takes.filter(isOfBase);
    if (own.length === 0) return [];
    const all = sum(lines.filter((line) => line.subOrderNo === subOrderNo).map((line) => line.amount));
    const others = takes.filter((take) => take.subOrderNo === subOrderNo && !take.isFee && !isOfBase(take));
    return [{ amount: all - sum(others.map((take) => take.amount)), taken: sum(own.map((take) => take.amount)) }];
  });
}
