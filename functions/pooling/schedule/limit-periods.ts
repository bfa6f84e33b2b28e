import { addDays, compareDates, dayOfWeek, type PlainDate, plainDate } from '../../../shared/calendar/plain-date.ts';

/** The period over which what was swept counts against a limit. RANGE is the days agreed, both included. */
export type LimitPeriod =
  | { readonly period: 'DAY' | 'WEEK' | 'TEN_DAYS' | 'MONTH' | 'YEAR' }
  | { readonly period: 'RANGE'; readonly from: PlainDate; readonly to: PlainDate };

/**
 * The first day of the period that holds the date; undefined outside a RANGE, where its limit does not bind. Weeks begin
 * on Monday; the 旬 (TEN_DAYS) are days 1 to 10, 11 to 20 and 21 to the end of the month. Throws InvalidDateError.
 */
export function periodStart(limit: LimitPeriod, date: PlainDate): PlainDate | undefined {
  const [year, month, day] = [plainDate(date).slice(0, 4), date.slice(5, 7), Number(date.slice(8))];
  switch (limit.period) {
    case 'DAY':
      return date;
    case 'WEEK':
      return addDays(date, 1 - dayOfWeek(date));
    case 'TEN_DAYS':
      return `${year}-${month}-${day <= 10 ? '01' : day <= 20 ? '11' : '21'}`;
    case 'MONTH':
      return `${year}-${month}-01`;
    case 'YEAR':
      return `${year}-01-01`;
    case 'RANGE':
      return compareDates(limit.from, date) <= 0 && compareDates(date, limit.to) <= 0 ? limit.from : undefined;
  }
}
