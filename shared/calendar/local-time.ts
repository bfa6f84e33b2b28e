import { DAY_MS } from '../time/durations.ts';

/** Where dates and times are told unless a pool, market or account says otherwise. */
export const defaultZone = 'Asia/Shanghai';

/** Whether it is the name of a zone of the IANA database; an offset is none. */
export function isZone(zone: string): boolean {
  try {
    return (
      /^[A-Za-z]/.test(zone) && new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
    );
  } catch {
    return false;
  }
}

/** What a wall clock and a wall calendar in a zone show at an instant. */
export interface LocalMoment {
  /** 'YYYY-MM-DD' */
  readonly date: string;
  /** 'HH:MM', 00:00 to 23:59. */
  readonly time: string;
  /** Whether the instant lies within that minute rather than at its very beginning. */
  readonly pastTheMinute: boolean;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** The date and time in a zone of the IANA database. Throws RangeError where the zone is unknown. */
export function localMomentOf(instant: Date, zone: string = defaultZone): LocalMoment {
  const { date, time, second } = clockOf(instant, zone);
  return { date, time, pastTheMinute: second !== '00' || instant.getUTCMilliseconds() !== 0 };
}

/**
 * The instant at which clocks in a zone show a date ('YYYY-MM-DD') and a time ('HH:MM', 00:00 to 23:59). Where they show
 * it twice, because they are put back, the first. Where they never do, because they are put forward, the instant as long
 * after the change as the time is after the beginning of the gap: 02:30 becomes 03:30. Throws RangeError where the date
 * does not exist, the time is no time or the zone is unknown.
 */
export function instantOf(date: string, time: string, zone: string = defaultZone): Date {
  const wall = wallTime(date, time);
  // No zone changes its clocks twice within two days: the offsets of the days around are all there are.
  const before = offsetOf(wall - DAY_MS, zone);
  const later = offsetOf(wall + DAY_MS, zone);
  if (before === later) return new Date(wall - before);
  const shown = [wall - before, wall - later].filter((instant) => instant + offsetOf(instant, zone) === wall);
  return new Date(shown.length > 0 ? Math.min(...shown) : wall - before);
}

/** A local time as if it were UTC, in milliseconds since 1970. */
function wallTime(date: string, time: string): number {
  const text = `${date}T${time}:00.000Z`;
  const wall = Date.parse(text);
  // Date.parse rolls 30 February and 24:00 over; the way back tells.
  if (Number.isNaN(wall) || new Date(wall).toISOString() !== text) {
    throw new RangeError('A local time is a day that exists, YYYY-MM-DD, and HH:MM, 00:00 to 23:59.');
  }
  return wall;
}

/** How far clocks in a zone are ahead of UTC at an instant, in milliseconds. */
function offsetOf(milliseconds: number, zone: string): number {
  const { date, time, second } = clockOf(new Date(milliseconds), zone);
  return Date.parse(`${date}T${time}:${second}Z`) - Math.floor(milliseconds / 1000) * 1000;
}

function clockOf(instant: Date, zone: string): { date: string; time: string; second: string } {
  const parts = new Map(
    formatterOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  return {
    date: `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}`,
    second: part('second'),
  };
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const formatter = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  // Only zones that exist get here, so the map is bounded by their number.
  formatters.set(zone, formatter);
  return formatter;
}
