import { addDays, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { checkPeriod, type DayCount, type Period, partsUpTo, yearParts } from './day-count.ts';

/** The days of a period and what each weighs: worked out once, used for every account. */
export interface DayWeights {
  readonly period: Period;
  /** Calendar days. */
  readonly days: number;
  /** Each day of the period in order, and its end after them. */
  readonly dates: readonly PlainDate[];
  /** Which day of the period a date is, from 0; its end is there too, as `days`. */
  readonly dayOf: ReadonlyMap<PlainDate, number>;
  /** What is counted before each day, in parts of a year; after them what the whole period counts. */
  readonly countedBefore: readonly number[];
  /** How many parts a year has. */
  readonly yearParts: bigint;
}

/**
 * Weighs the days of a period. The days from d1 to d2 weigh D(from, d2) − D(from, d1), where D is the convention's
 * count from the period's first day: whatever a period is cut into, the weights add up to what the convention counts
 * for the whole. (Counting each part on its own would not: no thirty-day convention counts alike from everywhere.) One
 * of the last two days of a long month may so weigh nothing, and the last of a February three days. No weight is below
 * zero. Throws InvalidPeriodError, InvalidDateError.
 */
export function weighDays(dayCount: DayCount, period: Period): DayWeights {
  const days = checkPeriod(period);
  const dates = Array.from({ length: days + 1 }, (_, day) => addDays(period.from, day));
  return {
    period,
    days,
    dates,
    dayOf: new Map(dates.map((date, day) => [date, day])),
    countedBefore: dates.map((date) => partsUpTo(dayCount, period, date)),
    yearParts: BigInt(yearParts(dayCount)),
  };
}

/** What the days from one (counted) to another (not counted) weigh, in parts of a year. Throws RangeError outside. */
export function weightBetween({ countedBefore }: DayWeights, start: number, end: number): number {
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
