import { addDays, type PlainDate } from '../../../../shared/calendar/plain-date.ts';
import type { Market } from '../../markets/market.ts';
import type { ProvingStore } from '../../store.ts';
import { type AccountGain, addOrderFigures, noFigures, type OrderFigures } from '../order-figures.ts';
import { ChangedOrders, firstDay, type HeldLimits } from './changed-orders.ts';
import { type CheckedLines, checkLines } from './check-lines.ts';
import type { ClosedDay, MarketRef } from './proof.ts';

/** What orders that were changed behind a day came to, up to where it got. */
export interface ProvenChanges {
  /** The last day that it tells of; none: all. */
  readonly until?: PlainDate;
  readonly changed: number;
  readonly checked: CheckedLines;
  /** The figures at the end of it. */
  readonly figures: OrderFigures;
  /** The last day whose figures nothing can move, and nothing is wrong by. */
  readonly closedOn?: PlainDate;
}

/**
 * From where it goes on: the figures at the end of `date`, none before the first order; `closedOn` as it stands by then; `over` is the last
 * day that is over for good.
 */
export interface ProofStart extends HeldLimits {
  readonly date?: PlainDate;
  readonly closedOn?: PlainDate;
  /**
   * Whether it has gone through orders for long: where it knows by then that fewer days fit than it began with, it begins anew with these.
   */
  isLate(): boolean;
}

/** As many days as fit, where the orders were not all seen yet. */
export interface Narrowed {
  readonly upTo: PlainDate;
}

/**
 * Goes through the orders that were changed behind a day, and keeps the figures at the ends of the days that are over, each as the
 * orders say they stood then. Done again it comes to the same. Throws DayTooLargeError.
 */
export async function proveChanges(
  store: ProvingStore,
  market: Market,
  start: ProofStart,
): Promise<ProvenChanges | Narrowed> {
  const ref = { tenant: market.tenant, marketId: market.id };
  const changed = new ChangedOrders(start.date, start);
  const isWhole = await store.visitOrders(ref, {
    behind: start.date,
    until: () => changed.until,
    isOver: () => changed.until !== start.upTo && start.isLate(),
    visit: (item) => changed.add(item),
  });
  const { until } = changed;
  if (!isWhole && until !== undefined) return { upTo: until };
  const before = await figuresAt(store, ref, start.date);
  const checked = await checkLines(store, market, changed);
  const closedOn = lastRight(start, changed, checked);
  const figures = await keepDays(store, ref, { start, changed, before, closedOn });
  return {
    ...(until !== undefined && { until }),
    ...(closedOn !== undefined && { closedOn }),
    ...{ changed: changed.count, checked, figures },
  };
}

/**
 * Up to which day the figures stand for good: not beyond one on which an order lacks lines, or from which one does not say what it
 * came to, so that it is looked at again.
 */
function lastRight(
  { date, closedOn, over }: ProofStart,
  { until, hiddenFrom }: ChangedOrders,
  { lost, differences }: CheckedLines,
): PlainDate | undefined {
  // Something was wrong before already.
  if (closedOn !== date || differences.length > 0) return closedOn;
  const [first] = [...lost.map(({ changedOn }) => changedOn), ...(hiddenFrom === undefined ? [] : [hiddenFrom])].sort();
  if (first === firstDay) return closedOn;
  const last = until ?? over;
  const right = first !== undefined && first <= last ? addDays(first, -1) : last;
  return closedOn === undefined || right > closedOn ? right : closedOn;
}

async function figuresAt(store: ProvingStore, ref: MarketRef, date: PlainDate | undefined): Promise<OrderFigures> {
  if (date === undefined) return noFigures;
  const day = await store.readClosedDay(ref, date);
  if (!day) throw new Error(`${ref.marketId} has no closing figures of ${date}.`);
  return { ...day.closing, gains: await store.readClosedAccounts(ref, date) };
}

interface Kept {
  readonly start: ProofStart;
  readonly changed: ChangedOrders;
  readonly before: OrderFigures;
  readonly closedOn: PlainDate | undefined;
}

/**
 * Keeps each day that is over, and the accounts at the ends of those from which somebody goes on. Answers the figures at the end of all.
 */
async function keepDays(
  store: ProvingStore,
  ref: MarketRef,
  { start, changed, before, closedOn }: Kept,
): Promise<OrderFigures> {
  const goesOn = new Set([closedOn, changed.until].filter((date) => date !== undefined && date !== start.date));
  const movedOn = new Map(changed.movedOn().map(({ date, ...moved }) => [date, moved]));
  const dates = [...new Set([...movedOn.keys(), ...goesOn])].filter((date) => date !== undefined).sort();
  const days: ClosedDay[] = [];
  const accounts = new Map<PlainDate, readonly AccountGain[]>();
  let figures = before;
  for (const date of dates) {
    const { gains: _, ...opening } = figures;
    const moved = movedOn.get(date);
    if (moved) figures = addOrderFigures(figures, moved.moved);
    const { gains, ...closing } = figures;
    if (date <= start.over) days.push({ ...ref, date, changed: moved?.changed ?? 0, opening, closing });
    if (goesOn.has(date)) accounts.set(date, gains);
  }
  await store.keepClosings(ref, days, accounts);
  return figures;
}
