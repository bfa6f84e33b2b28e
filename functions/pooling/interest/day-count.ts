import { monthLength } from '../../../shared/calendar/month-days.ts';
import { daysBetween, type PlainDate } from '../../../shared/calendar/plain-date.ts';

/** How days become a part of a year. */
export const dayCounts = ['ACT_360', 'ACT_365F', 'ACT_ACT_ISDA', '30_360_BOND', '30E_360', '30E_360_ISDA'] as const;
export type DayCount = (typeof dayCounts)[number];

/** The days from `from`, which counts, to `to`, which does not (算头不算尾). */
export interface Period {
  readonly from: PlainDate;
  readonly to: PlainDate;
  /** Whether `to` ends the whole term. Only 30E/360 ISDA minds: it then leaves the end of February as it is. */
  readonly isTermination?: boolean;
}

/** Ten years: what is settled at a quarter's end and repriced for a while after is far below. */
export const periodDaysMax = 3_653;

export class InvalidPeriodError extends RangeError {
  override readonly name = 'InvalidPeriodError';
}

/** One is a leap year's number of days times another year's, so that a day of either is a whole number of parts. */
const bases: Readonly<Record<DayCount, number>> = {
  ACT_360: 360,
  ACT_365F: 365,
  ACT_ACT_ISDA: 365 * 366,
  '30_360_BOND': 360,
  '30E_360': 360,
  '30E_360_ISDA': 360,
};

/** Into how many parts the convention divides a year: the denominator of exact interest. */
export function yearParts(dayCount: DayCount): number {
  return bases[dayCount];
}

/** How many days the convention gives the year of a date: its basis. Only ACT/ACT tells a leap year from another. */
export function yearDays(dayCount: DayCount, date: PlainDate): number {
  if (dayCount !== 'ACT_ACT_ISDA') return bases[dayCount];
  return isLeapYear(yearOf(date)) ? 366 : 365;
}

/** How many days the period has by the calendar. Throws InvalidPeriodError unless it has 1 to ten years of them. */
export function checkPeriod({ from, to }: Period): number {
  const days = daysBetween(from, to);
  if (days < 1) throw new InvalidPeriodError(`A period has at least one day; ${from} to ${to} has none.`);
  if (days > periodDaysMax) throw new InvalidPeriodError(`A period has at most ${periodDaysMax} days.`);
  return days;
}

/**
 * The days that the convention counts from the period's first day to a date in the period or at its end: 183 from
 * 2006-02-28 to 2006-08-31 by the bond basis. The conventions are those of the 2006 ISDA Definitions, section 4.16.
 */
export function daysUpTo(dayCount: DayCount, period: Period, date: PlainDate): number {
  switch (dayCount) {
    case 'ACT_360':
    case 'ACT_365F':
    case 'ACT_ACT_ISDA':
      return daysBetween(period.from, date);
    default:
      return thirtyDaysUpTo(dayCount, period, date);
  }
}

function thirtyDaysUpTo(dayCount: DayCount, { from, to, isTermination = false }: Period, date: PlainDate): number {
  const start = startDay(dayCount, from);
  const end = endDay(dayCount, date, start, isTermination && date === to);
  return 360 * (yearOf(date) - yearOf(from)) + 30 * (monthOf(date) - monthOf(from)) + (end - start);
}

function startDay(dayCount: DayCount, from: PlainDate): number {
  if (dayCount === '30E_360_ISDA' && endsFebruary(from)) return 30;
  return Math.min(dayOf(from), 30);
}

function endDay(dayCount: DayCount, date: PlainDate, start: number, atTermination: boolean): number {
  const day = dayOf(date);
  if (dayCount === '30_360_BOND') return day === 31 && start < 30 ? 31 : Math.min(day, 30);
  if (dayCount === '30E_360_ISDA' && endsFebruary(date) && !atTermination) return 30;
  return Math.min(day, 30);
}

function endsFebruary(date: PlainDate): boolean {
  return monthOf(date) === 2 && dayOf(date) === monthLength(yearOf(date), 2);
}

function isLeapYear(year: number): boolean {
  return monthLength(year, 2) === 29;
}

function yearOf(date: PlainDate): number {
  return Number(date.slice(0, 4));
}

function monthOf(date: PlainDate): number {
  return Number(date.slice(5, 7));
}

function dayOf(date: PlainDate): number {
  return Number(date.slice(8, 10));
}
