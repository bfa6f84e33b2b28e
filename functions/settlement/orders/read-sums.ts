import { defined } from '../../../shared/objects/defined.ts';
import { groupOf } from '../journal/groups.ts';
import { sumDate } from '../journal/sum-entries.ts';
import { dayKey, type OwnerDay } from '../journal/transaction.ts';
import type { SettlementStore } from '../store.ts';
import { type SplitSum, type SumDay, type SumState, sumIdOf } from '../sums/sum.ts';
import type { Order } from './order.ts';
import { sumDayOf } from './takes-of-sum.ts';

/** The sum that a sub-order is in, and what became of it: nothing where what the sub-order brings is not split yet. */
export interface SumOfOrder {
  readonly day: SumDay;
  readonly state?: SumState;
  /** Who bore its fee when it was split, where that is not the merchant who sells. */
  readonly feeBearer?: string;
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
      const [state, split] = await Promise.all([store.readSumState(day), findSplit(store, order.no, brought)]);
      const became = state && split && { state, ...defined({ feeBearer: split.feeBearer }) };
      return [subOrderNo, { day, ...became }] as const;
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
 * The sum that was split with what a sub-order brings. None where that came to be after all that were split of its day, or its line
 * stands in a settlement of the day whose sum is not split.
 */
async function findSplit(
  store: Reads,
  orderNo: string,
  { subOrderNo, day, knownAt }: Brought,
): Promise<Pick<SplitSum, 'feeBearer'> | undefined> {
  const splits = await store.readSplitSums(day);
  if (splits.every(({ splitAt }) => knownAt > splitAt)) return undefined;
  const owner = { kind: 'SUM', id: sumIdOf(day.sum) } as const;
  const { tenant, marketId, date } = day;
  const at = (sequence: number): OwnerDay => {
    return { tenant, marketId, owner, date, sequence, group: groupOf(tenant, owner) };
  };
  const standsIn = async (sequence: number) => (await timesIn(store, at(sequence), orderNo, subOrderNo)) > 0;
  const split = new Set(splits.map(({ sequence }) => sequence));
  const now = (await store.readSequences([at(0)])).get(dayKey(at(0))) ?? 0;
  for (let sequence = now; sequence >= 0; sequence -= 1) {
    if (!split.has(sequence) && (await standsIn(sequence))) return undefined;
  }
  // Of a day of which all sums were split alike it need not be known which one it was.
  if (new Set(splits.map(({ feeBearer }) => feeBearer)).size > 1) {
    for (const one of splits) if (await standsIn(one.sequence)) return one;
  }
  return splits.at(-1);
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
