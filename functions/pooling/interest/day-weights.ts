import { addDays, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { checkPeriod, type DayCount, daysUpTo, type Period, yearDays, yearParts } from './day-count.ts';

/** Days on end, by their number in the period, whose years have one number of days. */
export interface YearRun {
  readonly start: number;
  readonly end: number;
  /** By how many days the convention divides: 360, 365 or 366. */
  readonly yearDays: number;
}

/** The days of a period and what each weighs: worked out once, used for every account. */
export interface DayWeights {
  readonly period: Period;
  /** Calendar days. */
  readonly days: number;
  /** Each day of the period in order, and its end after them. */
  readonly dates: readonly PlainDate[];
  /** Which day of the period a date is, from 0; its end is there too, as `days`. */
  readonly dayOf: ReadonlyMap<PlainDate, number>;
  /** The days that the convention counts before each day; after them those of the whole period. */
  readonly countedBefore: readonly number[];
  /** Without gap; one alone but where ACT/ACT passes between a leap year and another. */
  readonly years: readonly YearRun[];
  /** Into how many parts a year is divided; a multiple of each `yearDays`. */
  readonly yearParts: bigint;
}

/**
 * Weighs the days of a period. The days from d1 to d2 count D(from, d2) − D(from, d1), where D is the convention's
 * count from the period's first day: whatever a period is cut into, the counts add up to what the convention counts
 * for the whole. (Counting each part on its own would not: no thirty-day convention counts alike from everywhere.) One
 * of the last two days of a long month may so count for nothing, and the last of a February for three days. No day counts
 * below zero. Throws InvalidPeriodError, InvalidDateError.
 */
export function weighDays(dayCount: DayCount, period: Period): DayWeights {
  const days = checkPeriod(period);
  const dates = Array.from({ length: days + 1 }, (_, day) => addDays(period.from, day));
  return {
    period,
    days,
    dates,
    dayOf: new Map(dates.map((date, day) => [date, day])),
    countedBefore: dates.map((date) => daysUpTo(dayCount, period, date)),
    years: yearRuns(dates.slice(0, days).map((date) => yearDays(dayCount, date))),
    yearParts: BigInt(yearParts(dayCount)),
  };
}

/** Days of which each has its year's number of days, as runs. */
function yearRuns(ofDays: readonly number[]): YearRun[] {
  const starts = ofDays.flatMap((of, day) => (of === ofDays[day - 1] ? [] : [{ start: day, yearDays: of }]));
  return starts.map((run, index) => ({ ...run, end: starts[index + 1]?.start ?? ofDays.length }));
}

/** The days that the convention counts from one day (counted) to another (not counted). Throws RangeError outside. */
export function countDays({ countedBefore }: DayWeights, start: number, end: number): number {
  const [before, upTo] = [countedBefore[start], countedBefore[end]];
  if (before === undefined || upTo === undefined) throw new RangeError('The days are not of this period.');
  return upTo - before;
}

/** The date of a day of the period, or of its end. Throws RangeError outside. */
export function dateOfDay({ dates }: DayWeights, day: number): PlainDate {
  const date = dates[day];
  if (date === undefined) throw new RangeError('The day is not of this period.');
  return date;
}
