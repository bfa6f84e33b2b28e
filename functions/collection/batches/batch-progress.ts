import { sum } from '../../../shared/money/sum.ts';
import { type ItemMoney, moneyOf } from '../items/item.ts';
import type { Block } from './batch.ts';

/** What a block adds to the progress of its batch, once: when no money of it is open any more. Minor units. */
export type ClosedBlock = Pick<ItemMoney, 'settled' | 'failed' | 'returned' | 'cancelled'>;

/** The figures of a block that closes with its next state; undefined where it does not, or did before. */
export function closing(next: Pick<Block, 'items'>, read: Pick<Block, 'closed'>): ClosedBlock | undefined {
  const moneys = next.items.map(moneyOf);
  if (read.closed || moneys.some(({ open }) => open > 0n)) return undefined;
  const total = (part: keyof ItemMoney) => sum(moneys.map((money) => money[part]));
  return {
    settled: total('settled'),
    failed: total('failed'),
    returned: total('returned'),
    cancelled: total('cancelled'),
  };
}
