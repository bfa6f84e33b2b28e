import { addDays, compareDates, dayOfWeek, daysBetween, type PlainDate, plainDate } from './plain-date.ts';

/** Working days as some authority published them, for the days of its coverage and no others. */
export interface WorkingDayCalendar {
  readonly name: string;
  /** Both days included. */
  readonly coverage: { readonly from: PlainDate; readonly to: PlainDate };
  /** Throws CalendarNotPublishedError outside the coverage, InvalidDateError on text that is no date. */
  isWorkingDay(date: PlainDate): boolean;
}

/** A calendar as data: who published it, which days of the week are off, and every exception to that. */
export interface CalendarData {
  readonly name: string;
  readonly source: string;
  readonly coverage: { readonly from: PlainDate; readonly to: PlainDate };
  /** Days of the week that are off by rule: 1 for Monday to 7 for Sunday. */
  readonly weekend: readonly number[];
  /** Single days, or first and last day of a block. Days that are off anyway may be among them. */
  readonly offDays: readonly (PlainDate | readonly [PlainDate, PlainDate])[];
  /** Days off by rule that are worked (调休). */
  readonly makeUpWorkdays: readonly PlainDate[];
}

/** The calendar says nothing about the date, and nothing else does: the answer waits until it is published. */
export class CalendarNotPublishedError extends Error {
  readonly code = 'CALENDAR_NOT_PUBLISHED';
  readonly calendar: string;
  readonly date: PlainDate;

  constructor({ name, coverage }: Pick<WorkingDayCalendar, 'name' | 'coverage'>, date: PlainDate) {
    super(`The calendar ${name} covers ${coverage.from} to ${coverage.to}; ${date} is not published in it.`);
    this.name = 'CalendarNotPublishedError';
    this.calendar = name;
    this.date = date;
  }
}

/**
 * A calendar out of its data. Throws RangeError where the data contradict themselves: a day both off and worked, a
 * make-up day that is worked anyway, an exception outside the coverage.
 */
export function buildCalendar(data: CalendarData): WorkingDayCalendar {
  const { name, coverage } = data;
  if (daysBetween(coverage.from, coverage.to) < 0) throw new RangeError(`${name}: the coverage ends before it begins.`);
  const weekend = new Set(data.weekend);
  const offDays = new Set(data.offDays.flatMap((block) => (typeof block === 'string' ? [block] : daysOf(block))));
  const makeUpWorkdays = new Set(data.makeUpWorkdays);
  checkExceptions(data, offDays, makeUpWorkdays, weekend);

  return {
    name,
    coverage,
    isWorkingDay(date) {
      if (!isCovered(coverage, plainDate(date))) throw new CalendarNotPublishedError({ name, coverage }, date);
      if (makeUpWorkdays.has(date)) return true;
      return !offDays.has(date) && !weekend.has(dayOfWeek(date));
    },
  };
}

function daysOf([first, last]: readonly [PlainDate, PlainDate]): PlainDate[] {
  const length = daysBetween(first, last) + 1;
  if (length < 1) throw new RangeError(`The block ${first} to ${last} ends before it begins.`);
  return Array.from({ length }, (_, index) => addDays(first, index));
}

function checkExceptions(
  { name, coverage }: CalendarData,
  offDays: ReadonlySet<PlainDate>,
  makeUpWorkdays: ReadonlySet<PlainDate>,
  weekend: ReadonlySet<number>,
): void {
  for (const date of [...offDays, ...makeUpWorkdays]) {
    if (!isCovered(coverage, plainDate(date))) throw new RangeError(`${name}: ${date} is outside the coverage.`);
  }
  for (const date of makeUpWorkdays) {
    if (offDays.has(date)) throw new RangeError(`${name}: ${date} is both off and worked.`);
    if (!weekend.has(dayOfWeek(date))) throw new RangeError(`${name}: ${date} is worked anyway.`);
  }
}

function isCovered({ from, to }: CalendarData['coverage'], date: PlainDate): boolean {
  return compareDates(from, date) <= 0 && compareDates(date, to) <= 0;
}
