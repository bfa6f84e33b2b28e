import { sum } from '../../../shared/money/sum.ts';
import { type CollectionItem, type ItemMoney, type ItemState, itemState, moneyOf } from '../items/item.ts';

/**
 * OPEN while money of it is open. COMPLETED: all its lines were settled. PARTIAL: some. FAILED: none. CANCELLED: none, since
 * all that was accepted was cancelled. Money that came back does not count as settled, so a return can still turn COMPLETED
 * into PARTIAL or FAILED.
 */
export const batchStates = ['OPEN', 'COMPLETED', 'PARTIAL', 'FAILED', 'CANCELLED'] as const;
export type BatchState = (typeof batchStates)[number];

export interface BatchFigures {
  readonly state: BatchState;
  /** Minor units, of what was accepted: the five of `money` add up to it. */
  readonly amount: bigint;
  readonly money: ItemMoney;
  readonly counts: ReadonlyMap<ItemState, number>;
}

/** Where the money of items is, and what that makes of their batch, which refused so many other lines. */
export function batchFigures(items: readonly CollectionItem[], refused: number): BatchFigures {
  const moneys = items.map(moneyOf);
  const total = (part: keyof ItemMoney) => sum(moneys.map((money) => money[part]));
  const money: ItemMoney = {
    open: total('open'),
    settled: total('settled'),
    failed: total('failed'),
    returned: total('returned'),
    cancelled: total('cancelled'),
  };
  const amount = sum(items.map((item) => item.amount));
  const counts = new Map([...Map.groupBy(items, itemState)].map(([state, some]) => [state, some.length]));
  return { state: batchState(money, amount, refused), amount, money, counts };
}

/** The state that money and refused lines make. */
export function batchState({ open, settled, cancelled }: ItemMoney, amount: bigint, refused: number): BatchState {
  if (open > 0n) return 'OPEN';
  if (cancelled > 0n && cancelled === amount) return 'CANCELLED';
  if (settled === 0n) return 'FAILED';
  return settled === amount && refused === 0 ? 'COMPLETED' : 'PARTIAL';
}
