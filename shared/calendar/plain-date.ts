/** A day without a time, 'YYYY-MM-DD'. Days compare as text. */
export type PlainDate = string;

/** Where business dates are told unless a caller names another place. */
export const defaultZone = 'Asia/Shanghai';

const dayMs = 86_400_000;

export class PlainDateError extends Error {
  constructor(text: string) {
    super(`'${text}' is not a day. Send one that exists, as YYYY-MM-DD.`);
    this.name = 'PlainDateError';
  }
}

/** The text as a day, if there is such a day. Throws PlainDateError. */
export function plainDate(text: string): PlainDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new PlainDateError(text);
  const instant = Date.parse(text);
  if (Number.isNaN(instant) || dateOfUtc(instant) !== text) throw new PlainDateError(text);
  return text;
}

export function addDays(date: PlainDate, days: number): PlainDate {
  return dateOfUtc(Date.parse(date) + days * dayMs);
}

/** Days from the first to the second; negative when the second is earlier. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
}

export function compareDates(a: PlainDate, b: PlainDate): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** 1 is Monday, 7 Sunday (ISO 8601). */
export function dayOfWeek(date: PlainDate): number {
  return new Date(Date.parse(date)).getUTCDay() || 7;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function partsOf(instant: Date, zone: string): Record<string, string> {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    formats.set(zone, format);
  }
  return Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
}

/** The day that it is in a zone at an instant. */
export function businessDateOf(instant: Date, zone = defaultZone): PlainDate {
  const { year, month, day } = partsOf(instant, zone);
  return `${year}-${month}-${day}`;
}

/** The time of day in a zone at an instant, 'HH:MM'. */
export function localTimeOf(instant: Date, zone = defaultZone): string {
  const { hour, minute } = partsOf(instant, zone);
  return `${hour}:${minute}`;
}

function dateOfUtc(instant: number): PlainDate {
  return new Date(instant).toISOString().slice(0, 10);
}
