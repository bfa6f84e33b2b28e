import { addDays, businessDateOf, laterDate, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { firstRunOn } from '../clearing/first-run.ts';
import { addFigures, type Figures, noFigures } from '../journal/figures.ts';
import { dayKey } from '../journal/transaction.ts';
import type { Market } from '../markets/market.ts';
import type { Merchant } from '../merchants/merchant.ts';
import type { SettlementStore } from '../store.ts';
import { lookBackDays } from './days-to-look-at.ts';
import { ownerDayOf } from './open-days.ts';

/** What of a merchant is due on a day and not settled yet. */
export interface UpcomingDay {
  readonly date: PlainDate;
  /** The day of the run that pays it: a day that is over, or whose run has been, is paid by the next one. */
  readonly arrivesOn: PlainDate;
  readonly figures: Figures;
  readonly carriedIn: bigint;
}

/** What arrives when, from running totals. Two reads of keys, however many lines there are. */
export async function readUpcoming(
  store: Pick<SettlementStore, 'readSequences' | 'readTotalsOf'>,
  merchant: Merchant,
  { zone }: Pick<Market, 'zone'>,
  days: number,
  now: Date,
): Promise<UpcomingDay[]> {
  const today = businessDateOf(now, zone);
  const firstRun = firstRunOn(now, zone);
  const dates = Array.from({ length: lookBackDays + days }, (_, place) => addDays(today, place - lookBackDays));
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
