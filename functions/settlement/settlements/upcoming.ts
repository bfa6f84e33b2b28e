import { laterDate, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { firstRunOn } from '../clearing/first-run.ts';
import { addFigures, type Figures, noFigures } from '../journal/figures.ts';
import { dayKey } from '../journal/transaction.ts';
import type { Market } from '../markets/market.ts';
import type { Merchant } from '../merchants/merchant.ts';
import type { SettlementStore } from '../store.ts';
import { daysToCome } from './days-to-come.ts';
import { ownerDayOf } from './open-days.ts';

/** What of a merchant is due on a day and not settled yet. */
export interface UpcomingDay {
  readonly date: PlainDate;
  /** The day of the run that pays it: a day that is over, or whose run has been, is paid by the next one. */
  readonly arrivesOn: PlainDate;
  readonly figures: Figures;
  readonly carriedIn: bigint;
}

/** What arrives when, from running totals: two reads of keys behind those that tell which days, however many lines there are. */
export async function readUpcoming(
  store: Pick<SettlementStore, 'readSequences' | 'readTotalsOf' | 'readLastRunDate' | 'listLateDays'>,
  merchant: Merchant,
  market: Pick<Market, 'tenant' | 'id' | 'zone'>,
  days: number,
  now: Date,
): Promise<UpcomingDay[]> {
  const firstRun = firstRunOn(now, market.zone);
  const dates = await daysToCome(store, market, days, now);
  const open = dates.map((date) => ownerDayOf(merchant, { date, sequence: 0 }));
  const sequences = await store.readSequences(open);
  const totals = await store.readTotalsOf(open.map((day) => ({ ...day, sequence: sequences.get(dayKey(day)) ?? 0 })));
  return totals
    .filter(({ figures }) => figures.lines !== 0n || figures.net !== 0n)
    .map(({ date, figures, carriedIn }) => ({ date, arrivesOn: laterDate(date, firstRun), figures, carriedIn }))
    .sort((one, other) => (one.date < other.date ? -1 : 1));
}

export function sumUpcoming(days: readonly UpcomingDay[]): Figures {
  return days.map(({ figures }) => figures).reduce(addFigures, noFigures);
}
