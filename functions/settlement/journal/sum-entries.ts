import { laterDate, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { smaller } from '../../../shared/money/compare.ts';
import { divideHalfUp } from '../../../shared/money/rounding.ts';
import { sum } from '../../../shared/money/sum.ts';
import type { Order, OrderLeg, OrderSplit, RefundTake, SubOrder } from '../orders/order.ts';
import { fundedOrder } from '../orders/order-money.ts';
import { sumIdOf } from '../sums/sum.ts';
import type { Entry } from './entry.ts';
import { landedOf } from './guarded-legs.ts';
import { wasPaidByClock } from './held-lines.ts';
import type { SumLine } from './line.ts';
import { countedRefunds } from './standing-refunds.ts';

/**
 * The line of a sub-order that is split with others, on its day: what there is of it after what refunds took while it was supervised.
 * None where that is nothing, and while a dispute holds it: once that is resolved it is in the sum of its day, or of the day on which
 * it was resolved.
 */
export function sumEntry(order: Order, subOrder: SubOrder, split: OrderSplit, leg: OrderLeg): Entry[] {
  const { plan, no: subOrderNo, merchantId: sellerId, coupons } = subOrder;
  const date = sumDate(order, subOrderNo, split, leg)?.date;
  if (date === undefined || plan.by !== 'RULE' || plan.version === undefined) return [];
  const refunds = refundsOfBase(order, subOrderNo, leg);
  const back = sum(refunds.map((refund) => refund.amount));
  const cashBack = sum(refunds.map((refund) => refund.cash));
  const taken = sum(refunds.map((refund) => refund.taken));
  if (leg.base - back === 0n) return [];
  const coupon = landedOf(coupons);
  const amount = leg.amount - taken;
  const line: SumLine = {
    ...{ kind: 'SUMMED', orderNo: order.no, subOrderNo, amount, fee: leg.fee - (back - taken) },
    ...{ order: orderedOf(order, subOrderNo, leg.base - back), cash: (leg.cash ?? leg.base) - cashBack },
    ...(coupon > 0n && { coupon }),
    ...(leg.room !== undefined && { room: smaller(leg.room, amount) }),
  };
  const { ruleId, version } = plan;
  const owner = { kind: 'SUM', id: sumIdOf({ ruleId, version, sellerId }) } as const;
  return [{ id: `sum ${JSON.stringify([subOrderNo, split.no])}`, owner, date, line }];
}

/**
 * The day on which what a leg brings into a sum is split, and since when that is known; nothing while a dispute holds it. What was
 * split before a dispute was opened, by whichever run, stays where it is.
 */
export function sumDate(
  { disputes }: Pick<Order, 'disputes'>,
  subOrderNo: string,
  { at }: Pick<OrderSplit, 'at'>,
  { dueOn }: Pick<OrderLeg, 'dueOn'>,
): { readonly date: PlainDate; readonly knownAt: string } | undefined {
  let date = dueOn;
  let knownAt = at;
  for (const dispute of disputes) {
    const { splitBefore } = dispute;
    if (splitBefore?.includes(subOrderNo) || (!splitBefore && wasPaidByClock(dispute, date, knownAt))) continue;
    const { resolvedOn, resolvedAt } = dispute;
    if (resolvedOn === undefined || resolvedAt === undefined) return undefined;
    date = laterDate(date, resolvedOn);
    knownAt = resolvedAt;
  }
  return { date, knownAt };
}

/** What of a sub-order before coupons belongs to a part of what it is settled with. */
function orderedOf(order: Order, subOrderNo: string, part: bigint): bigint {
  const funded = fundedOrder(order).subOrders[order.subOrders.findIndex(({ no }) => no === subOrderNo)];
  if (!funded || funded.settled === 0n) return part;
  return divideHalfUp(funded.amount * part, funded.settled);
}

/**
 * By refund: what of the sum it gave back before that was split, with the fee in it, and of that what went to the consumer; and
 * what it took.
 */
function refundsOfBase(order: Order, subOrderNo: string, { sequence }: OrderLeg) {
  const isOfBase = ({ subOrderNo: of, leg, from }: RefundTake) =>
    of === subOrderNo && from === undefined && leg?.sequence === sequence;
  return countedRefunds(order).flatMap(({ takes, lines }) => {
    const own = takes.filter(isOfBase);
    if (own.length === 0) return [];
    const refunded = lines.filter((line) => line.subOrderNo === subOrderNo);
    const all = sum(refunded.map((line) => line.amount));
    const toFunders = sum(refunded.flatMap((line) => line.toFunders.map((one) => one.amount)));
    const others = takes.filter((take) => take.subOrderNo === subOrderNo && !take.isFee && !isOfBase(take));
    const amount = all - sum(others.map((take) => take.amount));
    const cash = divideHalfUp((all - toFunders) * amount, all);
    return [{ amount, cash, taken: sum(own.map((take) => take.amount)) }];
  });
}
