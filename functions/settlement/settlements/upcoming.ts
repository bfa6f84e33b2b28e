import { addDays, businessDateOf, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { addFigures, type Figures, noFigures } from '../journal/figures.ts';
import { dayKey } from '../journal/transaction.ts';
import type { Market } from '../markets/market.ts';
import type { Merchant } from '../merchants/merchant.ts';
import type { SettlementStore } from '../store.ts';
import { lookBackDays } from './look-for-days.ts';
import { ownerDayOf } from './settle-merchant.ts';

/** What of a merchant is due on a day and not settled yet. */
export interface UpcomingDay {
  readonly date: PlainDate;
  readonly figures: Figures;
  readonly carriedIn: bigint;
}

/**
 * What arrives when, from running totals: a day that is over and not settled is paid by the next run. Two reads of keys, however
 * many lines there are.
 */
export async function readUpcoming(
  store: Pick<SettlementStore, 'readSequences' | 'readTotalsOf'>,
  merchant: Merchant,
  { zone }: Pick<Market, 'zone'>,
  days: number,
  now: Date,
): Promise<UpcomingDay[]> {
  const today = businessDateOf(now, zone);
  const dates = Array.from({ length: lookBackDays + days }, (_, place) => addDays(today, place - lookBackDays));
  const open = dates.map((date) => ownerDayOf(merchant, { date, sequence: 0 }));
  const sequences = await store.readSequences(open);
  const totals = await store.readTotalsOf(open.map((day) => ({ ...day, sequence: sequences.get(dayKey(day)) ?? 0 })));
  return totals
    .filter(({ figures }) => figures.lines !== 0n || figures.net !== 0n)
    .map(({ date, figures, carriedIn }) => ({ date, figures, carriedIn }))
    .sort((one, other) => (one.date < other.date ? -1 : 1));
}

export function sumUpcoming(days: readonly UpcomingDay[]): Figures {
  return days.map(({ figures }) => figures).reduce(addFigures, noFigures);
}
