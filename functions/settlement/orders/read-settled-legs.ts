import pLimit from 'p-limit';
import { laterDate, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { isSettledBefore } from '../journal/held-lines.ts';
import type { JournalLine } from '../journal/line.ts';
import { dayKey } from '../journal/transaction.ts';
import { ownerDayOf, refOf } from '../settlements/open-days.ts';
import type { SettlementStore } from '../store.ts';
import type { Order, OrderLeg, OrderSplit, SubOrder } from './order.ts';
import { legKey } from './taken-back.ts';

type Reads = Pick<SettlementStore, 'readSequences' | 'readSettlements' | 'readOrderLines'>;

const daysAtOnce = 8;

/** Where a share is due, and which line it is there: its own, or that by which the last dispute released it. */
interface DueShare {
  readonly key: string;
  readonly receiver: string;
  readonly date: PlainDate;
  readonly isLine: (line: JournalLine) => boolean;
}

/**
 * Legs of an order (legKey) that a settlement of their receiver has taken by now, whenever its run was: a dispute opened now does not
 * hold them. Those that go into sums are not among them. What was settled is asked by key; only of that are lines read, once for all
 * legs of a receiver on a day.
 */
export async function readSettledLegs(store: Reads, order: Order): Promise<ReadonlySet<string>> {
  const { tenant, marketId } = order;
  const shares = order.subOrders.flatMap((subOrder) =>
    subOrder.splits.flatMap((split) => split.legs.flatMap((leg) => dueShare(order, subOrder, split, leg))),
  );
  const days = [...Map.groupBy(shares, ({ date, receiver }) => `${date} ${receiver}`).values()].flatMap((own) => {
    return own.slice(0, 1).map(({ receiver: id, date }) => {
      return { own, at: (sequence: number) => ownerDayOf({ tenant, id, marketId }, { date, sequence }) };
    });
  });
  const sequences = await store.readSequences(days.map(({ at }) => at(0)));
  const closed = days.flatMap(({ own, at }) =>
    Array.from({ length: sequences.get(dayKey(at(0))) ?? 0 }, (_, sequence) => ({ own, day: at(sequence) })),
  );
  const settlements = await store.readSettlements(closed.map(({ day }) => refOf(day)));
  // Of one that does not add up nothing is paid.
  const settled = new Set(settlements.filter(({ state }) => state === 'SETTLED').map(settlementKey));
  const limit = pLimit(daysAtOnce);
  const found = await Promise.all(
    closed
      .filter(({ day }) => settled.has(settlementKey(refOf(day))))
      .map(({ own, day }) =>
        limit(async () => {
          const lines = await store.readOrderLines(day, order.no);
          return own.flatMap((share) => (standsIn(lines, share) ? [share.key] : []));
        }),
      ),
  );
  return new Set(found.flat());
}

/** None of what goes into a sum, nor while a dispute holds it. */
function dueShare({ disputes }: Order, subOrder: SubOrder, split: OrderSplit, leg: OrderLeg): DueShare[] {
  if (leg.kind === 'SUM') return [];
  const key = legKey(subOrder.no, split.no, leg.sequence);
  let due = leg.dueOn;
  let knownAt = split.at;
  let isReleased = false;
  for (const dispute of disputes) {
    if (isSettledBefore(dispute, { key, due, knownAt })) continue;
    const { resolvedOn, resolvedAt } = dispute;
    if (resolvedOn === undefined || resolvedAt === undefined) return [];
    due = laterDate(due, resolvedOn);
    knownAt = resolvedAt;
    isReleased = true;
  }
  const isLine = (line: JournalLine) => {
    if (!('subOrderNo' in line) || line.subOrderNo !== subOrder.no) return false;
    if (isReleased) return line.kind === 'RELEASED';
    return line.kind === 'SHARE' && line.share?.split === split.no && line.share.sequence === leg.sequence;
  };
  return [{ key, receiver: leg.receiver, date: due, isLine }];
}

/** Whether a line stands in a settlement: as often as it was written there, less how often it was taken back. */
function standsIn(lines: readonly JournalLine[], { isLine }: DueShare): boolean {
  return lines.filter(isLine).reduce((times, { takesBack }) => times + (takesBack ? -1 : 1), 0) > 0;
}

function settlementKey({ merchantId, date, sequence }: Omit<ReturnType<typeof refOf>, 'tenant'>): string {
  return `${merchantId} ${date} ${sequence}`;
}
