import { sum } from '../../../shared/money/sum.ts';
import { type ItemMoney, moneyOf } from '../items/item.ts';
import type { Block } from './batch.ts';

/** What a block adds to the progress of its batch. Minor units, negative where money has gone elsewhere since. */
export interface ClosedBlock extends Pick<ItemMoney, 'settled' | 'failed' | 'returned' | 'cancelled'> {
  /** 1 with the state in which no money of it is open any more, which it comes to once. */
  readonly blocks: 0 | 1;
}

/**
 * What a block adds with its next state: all its money as it closes and, after that, what money came back; undefined where
 * it adds nothing.
 */
export function closing(next: Pick<Block, 'items'>, read: Pick<Block, 'items' | 'closed'>): ClosedBlock | undefined {
  if (!read.closed)
    return next.items.some((item) => moneyOf(item).open > 0n) ? undefined : { blocks: 1, ...total(next) };
  const [after, before] = [total(next), total(read)];
  const isSame = after.settled === before.settled && after.returned === before.returned;
  if (isSame) return undefined;
  return {
    blocks: 0,
    settled: after.settled - before.settled,
    failed: after.failed - before.failed,
    returned: after.returned - before.returned,
    cancelled: after.cancelled - before.cancelled,
  };
}

function total({ items }: Pick<Block, 'items'>) {
  const moneys = items.map(moneyOf);
  const of = (part: keyof ItemMoney) => sum(moneys.map((money) => money[part]));
  return { settled: of('settled'), failed: of('failed'), returned: of('returned'), cancelled: of('cancelled') };
}
