import { instantOf } from '../../../shared/calendar/local-time.ts';
import { monthLength } from '../../../shared/calendar/month-days.ts';
import { addDays, type PlainDate } from '../../../shared/calendar/plain-date.ts';

export const settlementFrequencies = ['MONTHLY', 'QUARTERLY', 'HALF_YEARLY', 'YEARLY'] as const;
export type SettlementFrequency = (typeof settlementFrequencies)[number];

/**
 * When interest is settled (结息日): on a day of each month; of March, June, September and December; of June and December; or
 * of December. A natural day, working day or not: interest days are natural days.
 */
export interface SettlementDay {
  readonly frequency: SettlementFrequency;
  /** 1 to 31; beyond the end of a month it is its last day. */
  readonly day: number;
  /** The first day that counts, where no period has been computed yet. */
  readonly from: PlainDate;
  /** 'HH:MM' on the clock of Asia/Shanghai, on the day after: the settlement day itself still counts. */
  readonly time: string;
}

/** A period that ends with a settlement day, and the instant from which it can be run. `to` is the day after. */
export interface SettlementPeriod {
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly at: string;
}

/** Every how many months; the last of them has the settlement day. */
const months: Readonly<Record<SettlementFrequency, number>> = { MONTHLY: 1, QUARTERLY: 3, HALF_YEARLY: 6, YEARLY: 12 };

/**
 * The period to settle after one that ended on `lastEnd`, which is its first day; without one, the period that begins on
 * `from`. It ends with the first settlement day that it reaches, and so has 366 days at most. Throws InvalidDateError, also
 * beyond the year 9999.
 */
export function nextSettlement(settlementDay: SettlementDay, lastEnd?: PlainDate): SettlementPeriod {
  const from = lastEnd ?? settlementDay.from;
  const to = addDays(settlementDayFrom(settlementDay, from), 1);
  return { from, to, at: settledAt(settlementDay, to) };
}

/** The instant from which a period that ends on `to` can be run. */
export function settledAt({ time }: Pick<SettlementDay, 'time'>, to: PlainDate): string {
  return instantOf(to, time).toISOString();
}

/** The first settlement day on a date or after it. */
function settlementDayFrom({ frequency, day }: SettlementDay, date: PlainDate): PlainDate {
  const step = months[frequency];
  let year = Number(date.slice(0, 4));
  let month = Math.ceil(Number(date.slice(5, 7)) / step) * step;
  for (;;) {
    const settled = dateIn(year, month, Math.min(day, monthLength(year, month)));
    if (settled >= date) return settled;
    month += step;
    if (month > 12) [year, month] = [year + 1, step];
  }
}

function dateIn(year: number, month: number, day: number): PlainDate {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
