import { monthLength } from '../../../shared/calendar/month-days.ts';
import { dayOfWeek, type PlainDate, plainDate } from '../../../shared/calendar/plain-date.ts';
import type { DaysOfPeriod, Frequency } from './schedule.ts';

/**
 * Whether the date is a due day by the words of the agreement, working day or not: what the holiday mode makes of it
 * comes later. Throws InvalidDateError.
 */
export function isNominalDay(frequency: Frequency, date: PlainDate): boolean {
  switch (frequency.frequency) {
    case 'DAILY':
      plainDate(date);
      return true;
    case 'WEEKLY':
      return frequency.weekdays.includes(dayOfWeek(date));
    default: {
      const { year, month, day } = partsOf(date);
      return daysInMonth(frequency.frequency, frequency.on, year, month).includes(day);
    }
  }
}

/** The nominal days that lie in a month, as days of it; in no order, and more than once where they fall together. */
function daysInMonth(
  frequency: 'TEN_DAYS' | 'MONTHLY' | 'QUARTERLY',
  on: DaysOfPeriod,
  year: number,
  month: number,
): readonly number[] {
  const last = monthLength(year, month);
  const isPeriodEnd = frequency !== 'QUARTERLY' || month % 3 === 0;
  const isPeriodBegin = frequency !== 'QUARTERLY' || month % 3 === 1;
  if (on === 'PERIOD_BEGIN') return isPeriodBegin ? (frequency === 'TEN_DAYS' ? [1, 11, 21] : [1]) : [];
  if (!isPeriodEnd) return [];
  if (on === 'PERIOD_END') return frequency === 'TEN_DAYS' ? [10, 20, last] : [last];
  return on.days.map((day) => Math.min(day, last));
}

function partsOf(date: PlainDate): { year: number; month: number; day: number } {
  plainDate(date);
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8)) };
}
