import { addDays, type PlainDate } from '../../../shared/calendar/plain-date.ts';

/** The last day of the month of a date. Throws InvalidDateError, as all here. */
export function lastOfMonth(date: PlainDate): PlainDate {
  return addDays(firstOfNextMonth(date), -1);
}

/** The first date, that one or later, on a day of the month (1 to 31); beyond the end of a month it is its last day. */
export function dayOfMonthFrom(date: PlainDate, day: number): PlainDate {
  const inMonth = dayOfMonth(date, day);
  return inMonth >= date ? inMonth : dayOfMonth(firstOfNextMonth(date), day);
}

function dayOfMonth(date: PlainDate, day: number): PlainDate {
  const last = lastOfMonth(date);
  const wanted = `${date.slice(0, 8)}${String(day).padStart(2, '0')}`;
  return wanted < last ? wanted : last;
}

function firstOfNextMonth(date: PlainDate): PlainDate {
  // 31 days after the first is always in the next month.
  const within = addDays(`${date.slice(0, 8)}01`, 31);
  return `${within.slice(0, 8)}01`;
}
