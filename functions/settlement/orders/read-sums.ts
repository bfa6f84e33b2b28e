import { groupOf } from '../journal/groups.ts';
import { sumDate } from '../journal/sum-entries.ts';
import { dayKey, type OwnerDay } from '../journal/transaction.ts';
import type { SettlementStore } from '../store.ts';
import { type SumDay, type SumState, sumIdOf } from '../sums/sum.ts';
import type { Order } from './order.ts';
import { sumDayOf } from './takes-of-sum.ts';

/** The sum that a sub-order is in, and what became of it: nothing where what the sub-order brings is not split yet. */
export interface SumOfOrder {
  readonly day: SumDay;
  readonly state?: SumState;
}

interface Brought extends SumOfOrder {
  readonly subOrderNo: string;
  /** Since when what it brings belongs to the day. */
  readonly knownAt: string;
}

type Reads = Pick<SettlementStore, 'readSumState' | 'readSplitSums' | 'readSequences' | 'readBlocks'>;

/** By sub-order, of those that are in a sum. Nothing is read of orders that are in none. */
export async function readSums(store: Reads, order: Order): Promise<ReadonlyMap<string, SumOfOrder>> {
  const found = await Promise.all(
    sumsOf(order).map(async (brought) => {
      const { subOrderNo, day } = brought;
      const state = await store.readSumState(day);
      const isSplit = state !== undefined && !(await isOpen(store, order.no, brought));
      return [subOrderNo, { day, ...(isSplit && { state }) }] as const;
    }),
  );
  return new Map(found);
}

/** The sums that sub-orders are in, but for those that a dispute holds. */
function sumsOf(order: Order): Brought[] {
  return order.subOrders.flatMap(({ no: subOrderNo, splits }) =>
    splits.flatMap((split) =>
      split.legs.flatMap((leg) => {
        const found = leg.kind === 'SUM' ? sumDate(order, subOrderNo, split, leg) : undefined;
        const day = found && sumDayOf(order, subOrderNo, found.date);
        return found && day ? [{ subOrderNo, day, knownAt: found.knownAt }] : [];
      }),
    ),
  );
}

/**
 * Whether what a sub-order brings is in none of the sums of its day that were split: it came to be after the last of them, or its line
 * stands where the next is made of.
 */
async function isOpen(store: Reads, orderNo: string, { subOrderNo, day, knownAt }: Brought): Promise<boolean> {
  const last = (await store.readSplitSums(day)).at(-1);
  if (!last || knownAt > last.splitAt) return true;
  const owner = { kind: 'SUM', id: sumIdOf(day.sum) } as const;
  const { tenant, marketId, date } = day;
  const at = (sequence: number): OwnerDay => {
    return { tenant, marketId, owner, date, sequence, group: groupOf(tenant, owner) };
  };
  const now = (await store.readSequences([at(0)])).get(dayKey(at(0))) ?? 0;
  for (let sequence = last.sequence + 1; sequence <= now; sequence += 1) {
    if ((await timesIn(store, at(sequence), orderNo, subOrderNo)) > 0) return true;
  }
  return false;
}

/** How often a line of a sub-order stands in a settlement of a day, less how often it was taken back there. */
async function timesIn(store: Reads, day: OwnerDay, orderNo: string, subOrderNo: string): Promise<number> {
  let times = 0;
  let behind: string | undefined;
  do {
    const place = behind === undefined ? {} : { behind };
    const { blocks, isLast } = await store.readBlocks(day, { ...place, count: BLOCKS_AT_ONCE });
    for (const line of blocks.flatMap((block) => block.lines)) {
      if (line.kind !== 'SUMMED' || line.orderNo !== orderNo || line.subOrderNo !== subOrderNo) continue;
      times += line.takesBack ? -1 : 1;
    }
    behind = isLast ? undefined : blocks.at(-1)?.place;
  } while (behind !== undefined);
  return times;
}

const BLOCKS_AT_ONCE = 32;
