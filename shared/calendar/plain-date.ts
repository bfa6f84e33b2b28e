import { DAY_MS } from '../time/durations.ts';
import { defaultZone, localMomentOf } from './local-time.ts';

/** A day of the proleptic Gregorian calendar without time or zone, 'YYYY-MM-DD'. Compares and sorts as text. */
export type PlainDate = string;

export class InvalidDateError extends RangeError {
  override readonly name = 'InvalidDateError';

  constructor(text: string) {
    super(`${JSON.stringify(text.slice(0, 20))} is not a day that exists, written YYYY-MM-DD.`);
  }
}

/** The text as a date. Throws InvalidDateError unless it is a day that exists: 2025-02-29 does not. */
export function plainDate(text: string): PlainDate {
  epochDay(text);
  return text;
}

export function isPlainDate(text: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return false;
  // Date.parse rolls 30 February over into March; the way back tells.
  const milliseconds = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString().startsWith(text);
}

/** The date so many natural days later, or earlier where `days` is negative. Throws outside the years 0000 to 9999. */
export function addDays(date: PlainDate, days: number): PlainDate {
  if (!Number.isSafeInteger(days)) throw new RangeError('Days are counted in whole numbers.');
  const text = new Date((epochDay(date) + days) * DAY_MS).toISOString();
  if (text.length !== '0000-00-00T00:00:00.000Z'.length) throw new InvalidDateError(text);
  return text.slice(0, 10);
}

/** Natural days from one date to another; negative where `to` is earlier. First day counted, last not (算头不算尾). */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return epochDay(to) - epochDay(from);
}

/** The later of two dates. */
export function laterDate(one: PlainDate, other: PlainDate): PlainDate {
  return one > other ? one : other;
}

/** Below zero where `one` is earlier, zero where equal, above zero where later; fit for sort. */
export function compareDates(one: PlainDate, other: PlainDate): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** 1 for Monday to 7 for Sunday, as ISO 8601 counts. */
export function dayOfWeek(date: PlainDate): number {
  // 1970-01-01 was a Thursday.
  return modulo(epochDay(date) + 3, 7) + 1;
}

/** The date at an instant on the calendar of a zone. Throws RangeError where the zone is unknown. */
export function businessDateOf(instant: Date, zone: string = defaultZone): PlainDate {
  return localMomentOf(instant, zone).date;
}

/** The time 'HH:MM' at an instant on the clock of a zone, the minute begun. */
export function localTimeOf(instant: Date, zone: string = defaultZone): string {
  return localMomentOf(instant, zone).time;
}

function epochDay(date: PlainDate): number {
  if (!isPlainDate(date)) throw new InvalidDateError(date);
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
