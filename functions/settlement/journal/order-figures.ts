import { isDeepStrictEqual } from 'node:util';
import { businessDateOf, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { sum } from '../../../shared/money/sum.ts';
import type { Order, PastFigures } from '../orders/order.ts';
import { refundLegs, subsidyLegs } from './guarded-legs.ts';
import { addSums, noSums, type OrderSums, orderSums } from './order-sums.ts';
import { type AccountRole, gainsOf, legOf } from './role-legs.ts';
import { standingRefunds } from './standing-refunds.ts';

/** Where the money of an order is, or of many. Minor units. */
export interface OrderFigures {
  /** Orders of which something was paid: of one, 0 or 1. */
  readonly paid: number;
  readonly sums: OrderSums;
  /** What refunds took of receivers of sums after these were split. */
  readonly takenOfShares: bigint;
  /** What accounts of the ledger gain by it; of zero too, since they should hold nothing then. */
  readonly gains: readonly AccountGain[];
}

export interface AccountGain {
  readonly role: AccountRole;
  readonly amount: bigint;
}

export const noFigures: OrderFigures = { paid: 0, sums: noSums, takenOfShares: 0n, gains: [] };

/** Of an order as it stands. */
export function figuresOfOrder(order: Order): OrderFigures {
  const refunds = standingRefunds(order);
  const takes = refunds.flatMap((refund) => refund.takes);
  const splits = order.subOrders.flatMap((subOrder) => subOrder.splits);
  const shares = splits.flatMap(({ legs }) => legs.filter(({ kind }) => kind !== 'SUM'));
  const coupons = order.subOrders.flatMap((subOrder) => subOrder.coupons);
  const gains = gainsOf([
    ...order.payments.flatMap(({ channelId, amount, fee }) =>
      legOf(`channel:${channelId}`, 'supervised', amount - fee),
    ),
    ...shares.flatMap(({ receiver, amount }) => legOf('supervised', `payable:${receiver}`, amount)),
    ...coupons.filter(({ landedAt }) => landedAt !== undefined).flatMap(subsidyLegs),
    ...refunds.flatMap(refundLegs),
  ]);
  return {
    paid: order.payments.length > 0 ? 1 : 0,
    sums: orderSums(order, refunds),
    takenOfShares: sum(takes.map(({ leg, amount }) => (leg?.share ? amount : 0n))),
    gains: [...gains].map(([role, amount]) => ({ role, amount })),
  };
}

/** What an order came to at the ends of the days on which it was changed, in their order; the last is as it stands. */
export function daysOfOrder(order: Order): PastFigures[] {
  const on = businessDateOf(new Date(order.changedAt));
  const { past = [] } = order;
  return [...past.filter((one) => one.on < on), { on, ...figuresOfOrder(order) }];
}

/** What it came to at the end of a day, of such days; nothing before the first. */
export function figuresOn(days: readonly PastFigures[], date: PlainDate | undefined): OrderFigures {
  if (date === undefined) return noFigures;
  return days.findLast(({ on }) => on <= date) ?? noFigures;
}

export function addOrderFigures(one: OrderFigures, other: OrderFigures): OrderFigures {
  const gains = new Map(one.gains.map(({ role, amount }) => [role, amount]));
  for (const { role, amount } of other.gains) gains.set(role, (gains.get(role) ?? 0n) + amount);
  return {
    paid: one.paid + other.paid,
    sums: addSums(one.sums, other.sums),
    takenOfShares: one.takenOfShares + other.takenOfShares,
    gains: [...gains].map(([role, amount]) => ({ role, amount })),
  };
}

export function isNothing({ paid, sums, gains }: OrderFigures): boolean {
  return (
    paid === 0 && gains.every(({ amount }) => amount === 0n) && Object.values(sums).every((amount) => amount === 0n)
  );
}

/** Whatever the order in which accounts are named; one that gains nothing may be named or not. */
export function isSameMoney(one: OrderFigures, other: OrderFigures): boolean {
  const partsOf = ({ paid, sums, takenOfShares, gains }: OrderFigures) => [
    ...[paid, sums, takenOfShares],
    new Map(gains.flatMap(({ role, amount }) => (amount === 0n ? [] : [[role, amount] as const]))),
  ];
  return isDeepStrictEqual(partsOf(one), partsOf(other));
}
