import { laterDate, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { Order, OrderLeg, OrderSplit, RefundTake, SubOrder } from '../orders/order.ts';
import { legKey } from '../orders/taken-back.ts';
import type { SplitLeg } from '../splits/split.ts';
import { countedOnce } from './counted-once.ts';
import type { Entry } from './entry.ts';
import { landedOf } from './guarded-legs.ts';
import { type DatedTake, heldLines } from './held-lines.ts';
import type { MerchantLine } from './line.ts';
import { type CountedRefund, countedRefunds } from './standing-refunds.ts';
import { sumEntry } from './sum-entries.ts';

/** A share that somebody was given. */
type GivenLeg = OrderLeg & { readonly kind: SplitLeg['kind'] };

/** Lines on the days of merchants, and of sums: shares, what refunds took, what disputes hold. */
export function merchantEntries(order: Order): Entry[] {
  const refunds = countedRefunds(order);
  const ofSplits = order.subOrders.flatMap((subOrder) =>
    subOrder.splits.flatMap((split) => {
      const entries = split.legs.flatMap((leg) => legEntries(order, subOrder, split, leg, refunds));
      return entries.map((entry) => ({ entry, at: split.at }));
    }),
  );
  return [...countedOnce(ofSplits), ...refunds.flatMap((refund) => refundEntries(order, refund))];
}

function legEntries(
  order: Order,
  subOrder: SubOrder,
  split: OrderSplit,
  leg: OrderLeg,
  refunds: readonly CountedRefund[],
): Entry[] {
  const { kind } = leg;
  if (kind === 'SUM') return sumEntry(order, subOrder, split, leg);
  const share = shareEntry(order, subOrder, split, { ...leg, kind });
  return [share, ...heldEntries(order, subOrder, split, leg, refunds)];
}

function shareEntry(order: Order, subOrder: SubOrder, split: OrderSplit, leg: GivenLeg): Entry {
  const { sequence, base, fee, kind, bound, rest } = leg;
  const rule = split.no === 'PLAN' ? ruleOf(subOrder) : undefined;
  const share = { split: split.no, sequence, base, fee, kind, ...defined({ bound, rest, rule }) };
  const coupon = couponShown(subOrder, split, leg);
  const line: MerchantLine = {
    ...{ kind: 'SHARE', amount: leg.amount, orderNo: order.no, subOrderNo: subOrder.no, share },
    ...(coupon > 0n && { coupon }),
  };
  const id = legKey(subOrder.no, split.no, sequence);
  return { id: `share ${id}`, owner: { kind: 'MERCHANT', id: leg.receiver }, date: leg.dueOn, line };
}

function heldEntries(
  order: Order,
  { no: subOrderNo }: SubOrder,
  { no, at }: OrderSplit,
  leg: OrderLeg,
  refunds: readonly CountedRefund[],
): Entry[] {
  if (order.disputes.length === 0) return [];
  const isOf = (take: RefundTake) =>
    take.from === leg.receiver &&
    take.subOrderNo === subOrderNo &&
    take.leg?.split === no &&
    take.leg.sequence === leg.sequence;
  const takes = refunds.flatMap((refund): DatedTake[] =>
    refund.takes.flatMap((take, place) =>
      isOf(take)
        ? [{ id: takeId(refund, place), refundNo: refund.no, date: dateOf(refund, leg), amount: take.amount }]
        : [],
    ),
  );
  const owner = { kind: 'MERCHANT', id: leg.receiver } as const;
  const key = legKey(subOrderNo, no, leg.sequence);
  return heldLines({ ...leg, key, splitAt: at }, takes, order.disputes).map(({ id, date, ...line }) => ({
    id: `held ${key} ${id}`,
    ...{ owner, date, line: { ...line, orderNo: order.no, subOrderNo } },
  }));
}

/** Of each merchant who gives. */
function refundEntries(order: Order, refund: CountedRefund): Entry[] {
  return refund.takes.flatMap((take, place): Entry[] => {
    const { from, subOrderNo, isFee, amount } = take;
    if (from === undefined || amount === 0n) return [];
    const line: MerchantLine = {
      ...{ kind: isFee ? 'FEE_KEPT' : 'REFUND', amount: -amount },
      ...{ orderNo: order.no, subOrderNo, refundNo: refund.no },
    };
    const owner = { kind: 'MERCHANT', id: from } as const;
    return [{ id: takeId(refund, place), owner, date: takenOn(order, refund, take), line }];
  });
}

/**
 * The day of a merchant on which a refund takes of it: of a share of its own that of the share, or that of the refund where the share
 * was due before; what it pays in another's place, or of a fee, that of the refund: what it has is taken then.
 */
function takenOn(order: Order, refund: Pick<CountedRefund, 'countsOn'>, take: RefundTake): PlainDate {
  const leg = findLeg(order, take);
  return dateOf(refund, leg?.receiver === take.from ? leg : undefined);
}

function dateOf({ countsOn }: Pick<CountedRefund, 'countsOn'>, leg: OrderLeg | undefined): PlainDate {
  return leg === undefined ? countsOn : laterDate(leg.dueOn, countsOn);
}

function findLeg({ no, subOrders }: Order, { subOrderNo, leg: place }: RefundTake): OrderLeg | undefined {
  if (!place) return undefined;
  const splits = subOrders.find((subOrder) => subOrder.no === subOrderNo)?.splits ?? [];
  const legs = splits.find((split) => split.no === place.split)?.legs ?? [];
  const leg = legs.find(({ sequence }) => sequence === place.sequence);
  if (leg) return leg;
  throw new Error(
    `A refund of order ${no} takes of share ${legKey(subOrderNo, place.split, place.sequence)}, which is not there.`,
  );
}

function ruleOf({ plan }: SubOrder) {
  return plan.by === 'RULE' && plan.version !== undefined ? { id: plan.ruleId, version: plan.version } : undefined;
}

/**
 * What others gave towards it, once for a sub-order, so that a merchant's coupons add up: on the first share that is the selling merchant's
 * own.
 */
function couponShown({ splits, merchantId, coupons }: SubOrder, split: OrderSplit, leg: OrderLeg): bigint {
  const first = splits.find(({ legs }) => legs.some(({ receiver }) => receiver === merchantId));
  const own = first?.legs.find(({ receiver }) => receiver === merchantId);
  if (first?.no !== split.no || own?.sequence !== leg.sequence) return 0n;
  return landedOf(coupons);
}

function takeId({ no }: CountedRefund, place: number): string {
  return `take ${JSON.stringify([no, place])}`;
}
