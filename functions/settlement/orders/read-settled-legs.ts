import pLimit from 'p-limit';
import { laterDate, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { isSettledBefore } from '../journal/held-lines.ts';
import type { JournalLine } from '../journal/line.ts';
import { dayKey, type OwnerDay } from '../journal/transaction.ts';
import { ownerDayOf, refOf } from '../settlements/open-days.ts';
import type { SettlementStore } from '../store.ts';
import type { Order, OrderLeg, OrderSplit, SubOrder } from './order.ts';
import { legKey } from './taken-back.ts';

type Reads = Pick<SettlementStore, 'readSequences' | 'readSettlements' | 'readBlocks'>;

const legsAtOnce = 8;
const blocksAtOnce = 32;

/** Where a share is due, and which line it is there: its own, or that by which the last dispute released it. */
interface DueShare {
  readonly date: PlainDate;
  readonly isLine: (line: JournalLine) => boolean;
}

/**
 * Legs of an order (legKey) that a settlement of their receiver has taken by now, whenever its run was: a dispute opened now does not
 * hold them. Those that go into sums are not among them. Of days that no run has settled for the receiver no lines are read.
 */
export async function readSettledLegs(store: Reads, order: Order): Promise<ReadonlySet<string>> {
  const limit = pLimit(legsAtOnce);
  const settled = order.subOrders.flatMap((subOrder) =>
    subOrder.splits.flatMap((split) =>
      split.legs.map((leg) =>
        limit(async () => ((await isSettled(store, order, subOrder, split, leg)) ? [keyOf(subOrder, split, leg)] : [])),
      ),
    ),
  );
  return new Set((await Promise.all(settled)).flat());
}

async function isSettled(
  store: Reads,
  order: Order,
  subOrder: SubOrder,
  split: OrderSplit,
  leg: OrderLeg,
): Promise<boolean> {
  const due = leg.kind === 'SUM' ? undefined : dueShare(order, subOrder, split, leg);
  if (!due) return false;
  const { tenant, marketId } = order;
  const at = (sequence: number) => ownerDayOf({ tenant, id: leg.receiver, marketId }, { date: due.date, sequence });
  const now = (await store.readSequences([at(0)])).get(dayKey(at(0))) ?? 0;
  if (now === 0) return false;
  const closed = Array.from({ length: now }, (_, sequence) => at(sequence));
  const settlements = await store.readSettlements(closed.map(refOf));
  // Of one that does not add up nothing is paid.
  const settled = new Set(settlements.flatMap(({ state, sequence }) => (state === 'SETTLED' ? [sequence] : [])));
  for (const day of closed) {
    if (settled.has(day.sequence) && (await standsIn(store, day, due))) return true;
  }
  return false;
}

/** Nothing while a dispute holds it. */
function dueShare(
  { no: orderNo, disputes }: Order,
  subOrder: SubOrder,
  split: OrderSplit,
  leg: OrderLeg,
): DueShare | undefined {
  const key = keyOf(subOrder, split, leg);
  let due = leg.dueOn;
  let knownAt = split.at;
  let isReleased = false;
  for (const dispute of disputes) {
    if (isSettledBefore(dispute, { key, due, knownAt })) continue;
    const { resolvedOn, resolvedAt } = dispute;
    if (resolvedOn === undefined || resolvedAt === undefined) return undefined;
    due = laterDate(due, resolvedOn);
    knownAt = resolvedAt;
    isReleased = true;
  }
  const isLine = (line: JournalLine) => {
    if (!('subOrderNo' in line) || line.orderNo !== orderNo || line.subOrderNo !== subOrder.no) return false;
    if (isReleased) return line.kind === 'RELEASED';
    return line.kind === 'SHARE' && line.share?.split === split.no && line.share.sequence === leg.sequence;
  };
  return { date: due, isLine };
}

/** Whether a line stands in a settlement: as often as it was written there, less how often it was taken back. */
async function standsIn(store: Reads, day: OwnerDay, { isLine }: DueShare): Promise<boolean> {
  let times = 0;
  let behind: string | undefined;
  do {
    const place = behind === undefined ? {} : { behind };
    const { blocks, isLast } = await store.readBlocks(day, { ...place, count: blocksAtOnce });
    for (const line of blocks.flatMap((block) => block.lines).filter(isLine)) times += line.takesBack ? -1 : 1;
    behind = isLast ? undefined : blocks.at(-1)?.place;
  } while (behind !== undefined);
  return times > 0;
}

function keyOf({ no }: SubOrder, split: OrderSplit, { sequence }: OrderLeg): string {
  return legKey(no, split.no, sequence);
}
