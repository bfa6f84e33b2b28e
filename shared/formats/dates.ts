import { monthLength } from '../calendar/month-days.ts';

/** A date as a file gave it: absent when it is none, `adjusted` when its month has no such day. */
export interface DateReading {
  readonly date?: string;
  readonly adjusted?: true;
}

/** SWIFT: years 80 to 99 are of the last century, 00 to 79 of this one. */
const lastYearOfThisCentury = 79;

const iso = /^(\d{4})-(\d\d)-(\d\d)/;
const short = /^(\d\d)(\d\d)(\d\d)$/;

/** The date of an ISO date or date-time as it stands there, whatever its time zone. */
export function readIsoDate(text: string): DateReading {
  const [, year, month, day] = iso.exec(text) ?? [];
  return toDate(Number(year), Number(month), Number(day));
}

const isoDateTime =
  /^\d{4}-\d\d-\d\dT(?:(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?|24:00(?::00(?:\.0{1,9})?)?)(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?$/;

/** An ISO date-time as it stands there; nothing when it is none. */
export function readIsoDateTime(text: string): string | undefined {
  const { date, adjusted } = readIsoDate(text);
  return date !== undefined && !adjusted && isoDateTime.test(text) ? text : undefined;
}

const shortDateTime = /^(\d{6})(\d\d)(\d\d)(?:([+-]\d\d)(\d\d))?$/;

/** A date-time of the form YYMMDDhhmm, with ±hhmm or without, as an ISO date-time; nothing when it is none. */
export function readShortDateTime(text: string): string | undefined {
  const [, day = '', hour, minute, offsetHours, offsetMinutes] = shortDateTime.exec(text) ?? [];
  const { date, adjusted } = readShortDate(day);
  if (date === undefined || adjusted) return undefined;
  const offset = offsetHours === undefined ? '' : `${offsetHours}:${offsetMinutes}`;
  return readIsoDateTime(`${date}T${hour}:${minute}:00${offset}`);
}

/** A date of the form YYMMDD. */
export function readShortDate(text: string): DateReading {
  const [, year, month, day] = short.exec(text) ?? [];
  return toDate(fullYear(Number(year)), Number(month), Number(day));
}

/**
 * The entry date MMDD of a line, in the year that brings it within half a year of the value date: 0102 beside 2013-12-31
 * is 2014-01-02, and 1231 beside 2014-01-02 is 2013-12-31.
 */
export function readEntryDate(text: string, valueDate: string): DateReading {
  const [month, day] = [Number(text.slice(0, 2)), Number(text.slice(2, 4))];
  const monthsApart = month - Number(valueDate.slice(5, 7));
  const yearsApart = monthsApart > halfYear ? -1 : monthsApart < -halfYear ? 1 : 0;
  return toDate(Number(valueDate.slice(0, 4)) + yearsApart, month, day);
}

const halfYear = 6;

function fullYear(year: number): number {
  return year > lastYearOfThisCentury ? 1900 + year : 2000 + year;
}

const latestDayMax = 31;

/** Banks that count 30 days a month write a 30 February; it is read as the last day of the month. */
function toDate(year: number, month: number, day: number): DateReading {
  if (!(year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= latestDayMax)) return {};
  const last = monthLength(year, month);
  if (day > last) return { date: format(year, month, last), adjusted: true };
  return { date: format(year, month, day) };
}

function format(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
