import { orderSums } from '../../../../functions/settlement/journal/order-sums.ts';
import type { Order, OrderRefund, RefundTake } from '../../../../functions/settlement/orders/order.ts';
import { legKey } from '../../../../functions/settlement/orders/taken-back.ts';
import { addDays } from '../../../../shared/calendar/plain-date.ts';
import { aDispute, aLeg, anOrder, aPayment, aRefund, aSplit, aSubOrder } from './orders.ts';

type Random = () => number;
type Action = (order: Order, random: Random, day: string) => Order;

const first = '2025-09-26';
export const merchants = ['mer_tea', 'mer_farm', 'mer_van', 'mer_hall', 'mer_silk'];

/** The images of one order from the time it is made, some of them days apart; the money in each adds up. */
export function randomHistory(random: Random, no: string, steps: number, marketId = 'mkt_chengdu'): Order[] {
  const subOrders = Array.from({ length: 1 + below(random, 3) }, (_, place) => {
    const coupons = random() < 0.3 ? [coupon(random, place)] : [];
    return aSubOrder({ no: `S${place}`, merchantId: merchants[place] ?? '', coupons });
  });
  const history = [anOrder({ no, marketId, subOrders })];
  let day = first;
  for (let step = 0; step < steps; step++) {
    day = addDays(day, below(random, 3));
    const before = history.at(-1) as Order;
    const act = actions[below(random, actions.length)] as Action;
    const after = act(before, random, day);
    if (after !== before) history.push({ ...after, revision: before.revision + 1, changedAt: `${day}T03:00:00.000Z` });
  }
  return history;
}

const actions: readonly Action[] = [pay, land, split, split, ask, moveRefund, moveRefund, dispute, wait];

function pay(order: Order, random: Random, businessDate: string): Order {
  if (order.payments.length > 3) return order;
  const amount = BigInt(100 + below(random, 10_000));
  const transactionId = `T-${order.no}-${order.payments.length}`;
  const more = { transactionId, channelId: pick(random, ['WECHAT_PAY', 'ALIPAY']), fee: amount / 100n, businessDate };
  return { ...order, payments: [...order.payments, { ...aPayment('1.00', more), amount }] };
}

function land(order: Order, _: Random, day: string): Order {
  const landed = order.subOrders.map((subOrder) => ({
    ...subOrder,
    coupons: subOrder.coupons.map((one) => ({
      ...one,
      landedAt: one.landedAt ?? `${day}T01:00:00.000Z`,
      landedOn: one.landedOn ?? day,
    })),
  }));
  return order.payments.length === 0 ? order : { ...order, subOrders: landed };
}

/** A part of what is supervised, to some merchants. */
function split(order: Order, random: Random, day: string): Order {
  const { supervised } = orderSums(order);
  const amount = part(random, supervised);
  const place = below(random, order.subOrders.length);
  const subOrder = order.subOrders[place];
  if (amount < 3n || !subOrder || subOrder.splits.length > 3) return order;
  const one = amount / 3n;
  const dueOn = addDays(day, below(random, 4));
  const legs = [one, amount - one].map((share, index) => ({
    ...aLeg(index + 1, pick(random, merchants), '1.00', { dueOn, fee: BigInt(below(random, 50)) }),
    amount: share,
  }));
  const no = subOrder.splits.length === 0 ? 'PLAN' : `M-${subOrder.splits.length}`;
  const splits = [...subOrder.splits, aSplit(legs, { no, at: `${day}T02:00:00.000Z` })];
  return { ...order, subOrders: order.subOrders.with(place, { ...subOrder, splits }) };
}

/** A refund of what is supervised and of one share. */
function ask(order: Order, random: Random): Order {
  const [payment] = order.payments;
  const pending = order.refunds.some(({ state }) => state === 'ACCEPTED' || state === 'PENDING_FUNDS');
  if (!payment || pending || order.refunds.length > 4) return order;
  const subOrderNo = order.subOrders[0]?.no ?? '';
  const unsplit = part(random, orderSums(order).supervised);
  const takes: RefundTake[] = [
    ...(unsplit > 0n ? [{ subOrderNo, amount: unsplit }] : []),
    ...takesOfShare(order, random),
  ];
  if (takes.length === 0) return order;
  const more = { state: 'ACCEPTED' as const, transactionId: payment.transactionId, channelId: payment.channelId };
  const { fundedOn: _, ...refund } = aRefund(`R-${order.no}-${order.refunds.length}`, takes, more);
  return { ...order, refunds: [...order.refunds, refund] };
}

function takesOfShare(order: Order, random: Random): RefundTake[] {
  const shares = order.subOrders.flatMap((subOrder) =>
    subOrder.splits.flatMap((split) =>
      split.legs.map((leg) => ({ subOrderNo: subOrder.no, leg: { split: split.no, sequence: leg.sequence }, of: leg })),
    ),
  );
  if (shares.length === 0) return [];
  const { of, ...share } = pick(random, shares);
  const isOf = (take: RefundTake) =>
    JSON.stringify([take.subOrderNo, take.leg]) === JSON.stringify([share.subOrderNo, share.leg]);
  const asked = order.refunds
    .filter(({ state }) => state !== 'FAILED' && state !== 'WITHDRAWN')
    .flatMap(({ takes }) => takes.filter(isOf));
  const amount = part(random, of.amount - asked.reduce((total, take) => total + take.amount, 0n));
  const from = random() < 0.8 ? of.receiver : pick(random, merchants);
  return amount > 0n ? [{ ...share, from, amount }] : [];
}

const ends: ReadonlySet<OrderRefund['state']> = new Set(['FAILED', 'SUCCEEDED', 'WITHDRAWN']);

/** FUNDED only where what it takes of supervised money is still there. */
function moveRefund(order: Order, random: Random, day: string): Order {
  const place = order.refunds.findIndex(({ state }) => !ends.has(state));
  const refund = order.refunds[place];
  if (!refund) return order;
  const next = movedOn(refund, random, day);
  const after = { ...order, refunds: order.refunds.with(place, next) };
  return orderSums(after).supervised < 0n ? order : after;
}

function movedOn(refund: OrderRefund, random: Random, day: string): OrderRefund {
  if (refund.state === 'ACCEPTED' && random() < 0.5) return { ...refund, state: 'PENDING_FUNDS', pendingOn: day };
  if (refund.state === 'PENDING_FUNDS' && random() < 0.3) return { ...refund, state: 'WITHDRAWN' };
  if (refund.state === 'ACCEPTED' || refund.state === 'PENDING_FUNDS') {
    return { ...refund, state: 'FUNDED', fundedOn: day };
  }
  if (refund.state === 'FUNDED') return { ...refund, state: 'SENT' };
  return { ...refund, state: random() < 0.5 ? 'FAILED' : 'SUCCEEDED' };
}

function dispute(order: Order, _: Random, day: string): Order {
  const last = order.disputes.at(-1);
  if (last && last.resolvedOn === undefined) {
    const resolved = { ...last, resolvedAt: `${day}T04:00:00.000Z`, resolvedOn: day };
    return { ...order, disputes: [...order.disputes.slice(0, -1), resolved] };
  }
  if (order.disputes.length > 1) return order;
  const settled = order.subOrders.flatMap(({ no, splits }) =>
    splits.flatMap((split) =>
      split.legs.flatMap(({ sequence, dueOn }) => (dueOn <= day ? [legKey(no, split.no, sequence)] : [])),
    ),
  );
  const opened = aDispute(day, undefined, settled.length > 0 ? settled : undefined);
  return { ...order, disputes: [...order.disputes, opened] };
}

function wait(order: Order, _: Random, day: string): Order {
  const [subOrder] = order.subOrders;
  if (!subOrder || subOrder.waitsUntil !== undefined || order.payments.length === 0) return order;
  return { ...order, subOrders: order.subOrders.with(0, { ...subOrder, waitsUntil: addDays(day, 30) }) };
}

function coupon(random: Random, place: number) {
  const own = BigInt(below(random, 10_001));
  const funders = [
    { kind: 'PLATFORM' as const, basisPoints: 10_000n - own },
    { kind: 'MERCHANT' as const, basisPoints: own },
  ].filter(({ basisPoints }) => basisPoints > 0n);
  return { id: `c${place}`, amount: BigInt(1 + below(random, 500)), funders };
}

function part(random: Random, whole: bigint): bigint {
  return whole <= 0n ? 0n : random() < 0.3 ? whole : (whole * BigInt(below(random, 100))) / 100n;
}

function below(random: Random, bound: number): number {
  return Math.floor(random() * bound);
}

function pick<One>(random: Random, list: readonly One[]): One {
  return list[below(random, list.length)] as One;
}
