import type { Order, OrderRefund } from './order.ts';

/** Whether the money of a refund is taken, or on its way to be: all but one that failed or was withdrawn, which gave it back. */
export function isStanding({ state }: Pick<OrderRefund, 'state'>): boolean {
  return state !== 'FAILED' && state !== 'WITHDRAWN';
}

/** Whether a refund has ended an order before its money belonged to the sub-orders. */
export function isEnded({ refunds }: Pick<Order, 'refunds'>): boolean {
  return refunds.some((refund) => isStanding(refund) && !refund.isBeyond && refund.lines.length === 0);
}

/** The order, with what its refunds have taken of each leg. */
export function withTakenBack(order: Order): Order {
  const taken = takenByLeg(order.refunds);
  const subOrders = order.subOrders.map((subOrder) => ({
    ...subOrder,
    splits: subOrder.splits.map((split) => ({
      ...split,
      legs: split.legs.map((leg) => ({
        ...leg,
        takenBack: taken.get(legKey(subOrder.no, split.no, leg.sequence)) ?? 0n,
      })),
    })),
  }));
  return { ...order, subOrders };
}

/** One text for one leg of an order: numbers are the caller's, so they may hold anything. */
export function legKey(subOrderNo: string, split: string, sequence: number): string {
  return JSON.stringify([subOrderNo, split, sequence]);
}

/** Legs by their keys, one text for all of a split: its key with every sequence. An order may have thousands of them. */
export function legsBySplit(keys: Iterable<string>): string[] {
  const bySplit = Map.groupBy(keys, (key) => key.slice(0, sequenceAt(key)));
  return [...bySplit].map(([split, own]) => `${split}${own.map((key) => key.slice(split.length, -1)).join()}]`);
}

/** Whether a text of legsBySplit has a leg. */
export function hasLeg(legs: string, key: string): boolean {
  const at = sequenceAt(key);
  return legs.startsWith(key.slice(0, at)) && legs.slice(at, -1).split(',').includes(key.slice(at, -1));
}

function sequenceAt(key: string): number {
  return key.lastIndexOf(',') + 1;
}

function takenByLeg(refunds: readonly OrderRefund[]): Map<string, bigint> {
  const taken = new Map<string, bigint>();
  for (const { takes } of refunds.filter(isStanding)) {
    for (const { subOrderNo, leg, amount } of takes) {
      if (!leg) continue;
      const key = legKey(subOrderNo, leg.split, leg.sequence);
      taken.set(key, (taken.get(key) ?? 0n) + amount);
    }
  }
  return taken;
}
