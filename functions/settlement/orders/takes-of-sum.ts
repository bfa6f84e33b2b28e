import { sum as total } from '../../../shared/money/sum.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { allocateRefund, type RefundPolicy } from '../refunds/allocate-refund.ts';
import type { HeldLeg } from '../refunds/holdings.ts';
import { type HeldShare, type SumChange, type SumDay, sumIdOf } from '../sums/sum.ts';
import type { Order, OrderLeg, OrderSplit, RefundTake, SubOrder } from './order.ts';
import type { ReadFacts } from './read-plan-facts.ts';
import { barOf, type RefundTerms } from './refundable-sub-orders.ts';
import { isStanding } from './taken-back.ts';

export interface LegOfOrder {
  readonly subOrder: SubOrder;
  readonly split: OrderSplit;
  readonly leg: OrderLeg;
}

/** The leg of a split that goes into a sum; nothing where its shares are its receivers'. */
export function summedLeg(subOrder: SubOrder, splitNo: string): LegOfOrder | undefined {
  const split = subOrder.splits.find(({ no }) => no === splitNo);
  const leg = split?.legs.find(({ kind }) => kind === 'SUM');
  return split && leg && { subOrder, split, leg };
}

/**
 * What a refund takes of a leg that is in a sum. Before that is split: of its base, which is supervised. Afterwards by what each
 * receiver still holds of what the sums of that day gave it, as of legs of an order's own; with MERCHANT_BEARS the merchant who sells
 * pays it all. So whatever is refunded of all orders of a sum, none gives back more than it was given, and all of it ends at zero.
 * What came to a sum that is not split yet, on a day of which others are, is taken of its base. `before` are the takes of the same
 * refund that come first.
 */
export function takesOfSum(
  { subOrder, split, leg }: LegOfOrder,
  amount: bigint,
  before: readonly RefundTake[],
  policy: RefundPolicy['kind'],
  facts: ReadFacts,
  terms: RefundTerms,
): RefundTake[] {
  const { no: subOrderNo, merchantId: sellerId } = subOrder;
  const at = { split: split.no, sequence: leg.sequence };
  const found = facts.sums.get(subOrderNo);
  const held = (found?.state?.held ?? []).map((one) => ({
    ...one,
    held: one.held - takenBefore(before, one, found?.day, facts),
  }));
  if (!found?.state || total(held.map((one) => one.held)) < amount) return [{ subOrderNo, leg: at, amount }];
  const { day, state } = found;
  const byId = new Map(held.map((one) => [shareId(one), one]));
  const legs = held.map((one): HeldLeg => {
    const { receiver } = one;
    if (receiver === sellerId) return { id: shareId(one), held: one.held };
    const barred = barOf(receiver, { at: state.splitAt }, facts, terms);
    return { id: shareId(one), held: one.held, receiver, ...defined({ barred }) };
  });
  const taking = allocateRefund({ unsplit: 0n, legs }, amount, {
    kind: policy === 'MERCHANT_BEARS' ? policy : 'PRO_RATA',
  });
  if ('code' in taking) throw new Error(`Of a sum ${amount} cannot be taken: ${taking.code}.`);
  return taking.legs.map(({ legId, receiver = sellerId, amount: taken, paidBy }): RefundTake => {
    const share = byId.get(legId);
    if (!share) throw new Error(`There is no share ${legId}.`);
    const of = { date: day.date, sequence: share.sequence, receiver: share.receiver };
    return { subOrderNo, leg: { ...at, share: of }, from: paidBy === 'SELLER' ? sellerId : receiver, amount: taken };
  });
}

/** What other takes of the same refund count against a share already. */
function takenBefore(
  before: readonly RefundTake[],
  { sequence, receiver }: HeldShare,
  day: SumDay | undefined,
  { sums }: ReadFacts,
): bigint {
  const isSame = ({ subOrderNo, leg }: RefundTake) => {
    const other = sums.get(subOrderNo)?.day;
    const isOfDay = day && other && sumIdOf(other.sum) === sumIdOf(day.sum) && leg?.share?.date === day.date;
    return isOfDay && leg.share?.sequence === sequence && leg.share.receiver === receiver;
  };
  return total(before.filter(isSame).map(({ amount }) => amount));
}

/** What a change of an order does to shares of sums: its refunds take of them, and give back where they fail. */
export function sumChanges(before: Order, after: Order): SumChange[] {
  const changes = new Map<string, SumChange>();
  for (const [order, sign] of [
    [before, 1n],
    [after, -1n],
  ] as const) {
    for (const take of order.refunds.filter(isStanding).flatMap(({ takes }) => takes)) {
      const change = changeOf(order, take, sign);
      if (!change) continue;
      const key = JSON.stringify([change.sum, change.date, shareId(change)]);
      changes.set(key, { ...change, amount: change.amount + (changes.get(key)?.amount ?? 0n) });
    }
  }
  return [...changes.values()].filter(({ amount }) => amount !== 0n);
}

function changeOf(order: Order, { subOrderNo, leg, amount }: RefundTake, sign: bigint): SumChange | undefined {
  const day = leg?.share && sumDayOf(order, subOrderNo, leg.share.date);
  if (!leg?.share || !day) return undefined;
  const { sequence, receiver } = leg.share;
  return { ...day, sequence, receiver, amount: sign * amount };
}

/** The sum that a sub-order is in on a day; none where its plan is not by a rule. */
export function sumDayOf({ tenant, marketId, subOrders }: Order, subOrderNo: string, date: string): SumDay | undefined {
  const found = subOrders.find(({ no }) => no === subOrderNo);
  if (found?.plan.by !== 'RULE' || found.plan.version === undefined) return undefined;
  const { ruleId, version } = found.plan;
  return { tenant, marketId, sum: { ruleId, version, sellerId: found.merchantId }, date };
}

function shareId({ sequence, receiver }: Pick<HeldShare, 'sequence' | 'receiver'>): string {
  return `${sequence} ${receiver}`;
}
