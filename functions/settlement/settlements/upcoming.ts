import { laterDate, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { sum } from '../../../shared/money/sum.ts';
import { firstRunOn } from '../clearing/first-run.ts';
import { addFigures, type Figures, noFigures } from '../journal/figures.ts';
import { type DayRef, dayKey } from '../journal/transaction.ts';
import type { Market } from '../markets/market.ts';
import type { Merchant } from '../merchants/merchant.ts';
import type { SettlementStore } from '../store.ts';
import type { MerchantTotal } from '../store-runs.ts';
import { daysToCome } from './days-to-come.ts';
import { ownerDayOf, refOf } from './open-days.ts';
import type { RunDay } from './run.ts';

type UpcomingStore = Pick<
  SettlementStore,
  'readSequences' | 'readTotalsOf' | 'readSettlements' | 'readLastRunDate' | 'listLateDays'
>;

/** What of a merchant is due on a day and not settled yet. */
export interface UpcomingDay {
  readonly date: PlainDate;
  /** The day of the run that pays it: a day that is over, or whose run has been, is paid by the next one. */
  readonly arrivesOn: PlainDate;
  readonly figures: Figures;
  readonly carriedIn: bigint;
}

/**
 * What arrives when, from running totals: two reads of keys behind those that tell which days, and one more where a run has closed any,
 * however many lines there are.
 */
export async function readUpcoming(
  store: UpcomingStore,
  merchant: Merchant,
  market: Pick<Market, 'tenant' | 'id' | 'zone'>,
  days: number,
  now: Date,
): Promise<UpcomingDay[]> {
  const firstRun = firstRunOn(now, market.zone);
  const byDate = Map.groupBy(await readOpenTotals(store, merchant, market, days, now), ({ date }) => date);
  return [...byDate]
    .map(([date, own]) => ({
      ...{ date, arrivesOn: laterDate(date, firstRun) },
      figures: own.map(({ figures }) => figures).reduce(addFigures, noFigures),
      carriedIn: sum(own.map(({ carriedIn }) => carriedIn)),
    }))
    .sort((one, other) => (one.date < other.date ? -1 : 1));
}

/**
 * Totals of a merchant's days to come, in no order: also of what a run has closed and not settled yet, apart from what came for the same
 * day since.
 */
export async function readOpenTotals(
  store: UpcomingStore,
  merchant: Merchant,
  market: Pick<Market, 'tenant' | 'id' | 'zone'>,
  days: number,
  now: Date,
): Promise<(MerchantTotal & RunDay)[]> {
  const dates = await daysToCome(store, market, days, now);
  const first = dates.map((date) => ownerDayOf(merchant, { date, sequence: 0 }));
  const sequences = await store.readSequences(first);
  const openOf = (day: DayRef) => sequences.get(dayKey(day)) ?? 0;
  const all = first.flatMap((day) => Array.from({ length: openOf(day) + 1 }, (_, sequence) => ({ ...day, sequence })));
  const totals = await store.readTotalsOf(all);
  const found = totals.filter(({ figures }) => figures.lines !== 0n || figures.net !== 0n);
  const closed = found.map((day) => ownerDayOf(merchant, day)).filter((day) => day.sequence < openOf(day));
  const settlements = await store.readSettlements(closed.map(refOf));
  const settled = new Set(settlements.filter(({ state }) => state === 'SETTLED').map(placeOf));
  return found.filter((day) => !settled.has(placeOf(day)));
}

function placeOf({ date, sequence }: RunDay): string {
  return `${date} ${sequence}`;
}

export function sumUpcoming(days: readonly UpcomingDay[]): Figures {
  return days.map(({ figures }) => figures).reduce(addFigures, noFigures);
}
