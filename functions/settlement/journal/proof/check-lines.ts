import pLimit from 'p-limit';
import type { PlainDate } from '../../../../shared/calendar/plain-date.ts';
import type { Market } from '../../markets/market.ts';
import type { SettlementStore } from '../../store.ts';
import type { Owner } from '../entry.ts';
import { addFigures, type Figures, figuresOf, isSameFigures, noFigures } from '../figures.ts';
import type { ChangedOrders, LostOrder, OwnerDays, SoughtOrder } from './changed-orders.ts';
import { lineDigest } from './line-digest.ts';
import { readSums } from './read-sums.ts';

export type LineStore = Pick<
  SettlementStore,
  'readLines' | 'readOwnerTotals' | 'readOrdersByNo' | 'readSumTotals' | 'readSplitSums'
>;

/** A day on which lines and their running total do not say the same. */
export interface DayDifference {
  readonly owner: Owner;
  readonly date: PlainDate;
  /** What its lines come to, and what its total says. Minor units. */
  readonly lines: Figures;
  readonly total: Figures;
  /** A sum: what was given of it is not what came to it. */
  readonly isSplitWrong?: true;
}

/** What came of looking for the lines of orders. */
export interface CheckedLines {
  readonly days: number;
  readonly lost: readonly LostOrder[];
  /** Orders that were changed while their lines were looked for: another time. */
  readonly moving: number;
  readonly differences: readonly DayDifference[];
}

const blocksAtOnce = 20;
const ownersAtOnce = 8;
const ordersAtOnce = 400;
/** Totals in one read. */
const datesAtOnce = 50;

/**
 * Reads the days of merchants, of the market and of sums that orders name, each once: whether every order has the lines that it
 * means there, and no others of its own, and whether the lines of each day come to its total.
 */
export async function checkLines(store: LineStore, market: Market, changed: ChangedOrders): Promise<CheckedLines> {
  const sought = changed.orders();
  const owners = changed.ownerDays();
  const limit = pLimit(ownersAtOnce);
  const found = await Promise.all(owners.map((own) => limit(checkOwner, store, market, own, sought)));
  const sums = owners.filter(({ owner }) => owner.kind === 'SUM').flatMap(({ dates }) => [...dates]);
  const ofSums = await Promise.all([...new Set(sums)].map((date) => limit(checkSums, store, market, date)));
  const all = changed.lost();
  const moved = await movedMeanwhile(store, market.tenant, all, sought);
  return {
    days: owners.reduce((count, { dates }) => count + dates.size, 0),
    lost: all.filter(({ orderNo }) => !moved.has(orderNo)),
    moving: moved.size,
    differences: [...found.flat(), ...ofSums.flat()],
  };
}

async function checkOwner(
  store: LineStore,
  { tenant, id: marketId }: Market,
  { owner, dates }: OwnerDays,
  sought: ReadonlyMap<string, SoughtOrder>,
): Promise<DayDifference[]> {
  const differences: DayDifference[] = [];
  const all = [...dates];
  for (let start = 0; start < all.length; start += datesAtOnce) {
    const some = all.slice(start, start + datesAtOnce);
    // Sums have their totals by day, and are compared with them by checkSums.
    const totals = owner.kind === 'SUM' ? undefined : await store.readOwnerTotals(tenant, marketId, owner, some);
    for (const date of some) {
      const lines = await takeLines(store, tenant, owner, date, sought);
      const total = totals?.get(date) ?? noFigures;
      if (totals && !isSameFigures(lines, total)) differences.push({ owner, date, lines, total });
    }
  }
  return differences;
}

/** Takes the lines of a day off the orders that are looked at, and answers what all of them come to. */
async function takeLines(
  store: LineStore,
  tenant: string,
  owner: Owner,
  date: PlainDate,
  sought: ReadonlyMap<string, SoughtOrder>,
): Promise<Figures> {
  let figures = noFigures;
  let after: string | undefined;
  do {
    const page = await store.readLines(tenant, owner, date, {
      blocks: blocksAtOnce,
      ...(after !== undefined && { after }),
    });
    for (const line of page.lines) {
      figures = addFigures(figures, figuresOf(line));
      const order = line.orderNo === undefined ? undefined : sought.get(line.orderNo);
      if (order) order.digest -= lineDigest({ owner, date, line });
    }
    after = page.next;
  } while (after !== undefined);
  return figures;
}

async function checkSums(store: LineStore, market: Market, date: PlainDate): Promise<DayDifference[]> {
  const none = new Map<string, SoughtOrder>();
  const days = await readSums(store, market, date, (owner) => takeLines(store, market.tenant, owner, date, none));
  return days.filter(({ lines, total, isSplitWrong }) => !isSameFigures(lines, total) || isSplitWrong);
}

/** Of orders that lack lines, those that are no more as they were read. */
async function movedMeanwhile(
  store: LineStore,
  tenant: string,
  lost: readonly LostOrder[],
  sought: ReadonlyMap<string, SoughtOrder>,
): Promise<Set<string>> {
  const numbers = lost.flatMap(({ orderNo, reason }) => (reason === undefined ? [orderNo] : []));
  const moved = new Set<string>();
  for (let start = 0; start < numbers.length; start += ordersAtOnce) {
    const orders = await store.readOrdersByNo(tenant, numbers.slice(start, start + ordersAtOnce));
    for (const { no, revision } of orders) if (revision !== sought.get(no)?.revision) moved.add(no);
  }
  return moved;
}
