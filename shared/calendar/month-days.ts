import { addDays, type PlainDate, plainDate } from './plain-date.ts';

/** How many days a month (1 to 12) has. */
export function monthLength(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** The last day of the month of a date. Throws InvalidDateError, as all below. */
export function lastOfMonth(date: PlainDate): PlainDate {
  return dayOfMonth(date, 31);
}

/** The first date, that one or later, on a day of the month (1 to 31); beyond the end of a month it is its last day. */
export function dayOfMonthFrom(date: PlainDate, day: number): PlainDate {
  const inMonth = dayOfMonth(date, day);
  return inMonth >= date ? inMonth : dayOfMonth(addDays(lastOfMonth(date), 1), day);
}

/** A day (1 to 31) of the month that a date lies in; beyond its end, the last. */
function dayOfMonth(date: PlainDate, day: number): PlainDate {
  plainDate(date);
  const last = monthLength(Number(date.slice(0, 4)), Number(date.slice(5, 7)));
  return `${date.slice(0, 8)}${String(Math.min(day, last)).padStart(2, '0')}`;
}
