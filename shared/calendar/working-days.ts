import type { WorkingDayCalendar } from './calendar.ts';
import { addDays, type PlainDate } from './plain-date.ts';

/** The first working day after the date; the date itself never. Throws CalendarNotPublishedError, as all here. */
export function nextWorkingDay(calendar: WorkingDayCalendar, date: PlainDate): PlainDate {
  let day = addDays(date, 1);
  while (!calendar.isWorkingDay(day)) day = addDays(day, 1);
  return day;
}

/** The last working day before the date; the date itself never. */
export function previousWorkingDay(calendar: WorkingDayCalendar, date: PlainDate): PlainDate {
  let day = addDays(date, -1);
  while (!calendar.isWorkingDay(day)) day = addDays(day, -1);
  return day;
}

/**
 * T+N: the Nth working day after the date, or before it where `count` is negative. On a day off, T is that date and the
 * first day counted is the next working day. The answer is always a working day, so T+0 on a day off is the next one.
 */
export function addWorkingDays(calendar: WorkingDayCalendar, date: PlainDate, count: number): PlainDate {
  if (!Number.isSafeInteger(count)) throw new RangeError('Working days are counted in whole numbers.');
  if (count === 0) return calendar.isWorkingDay(date) ? date : nextWorkingDay(calendar, date);
  const step = count > 0 ? nextWorkingDay : previousWorkingDay;
  let day = date;
  for (let left = Math.abs(count); left > 0; left -= 1) day = step(calendar, day);
  return day;
}

/** D+N: natural days, working or not. */
export function addNaturalDays(date: PlainDate, count: number): PlainDate {
  return addDays(date, count);
}
