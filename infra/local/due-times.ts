import type { ScheduleDescription } from '../../shared/service/description.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const DEFAULT_ZONE = 'Asia/Shanghai';

/**
 * Runs of one interval schedule in one leap of the clock, at most: about a day of minutes. A longer leap runs it at every
 * k-th due time and at the last, as a host that was slow would; daily schedules run at each of theirs.
 */
export const INTERVAL_RUNS_MAX = 1_500;

type Every = ScheduleDescription['every'];

/** The due times (epoch milliseconds) after `after` up to and including `until`, in order. */
export function listDueTimes(every: Every, after: number, until: number): number[] {
  if ('minutes' in every) return listIntervals(every.minutes * MINUTE_MS, after, until);
  return listDaily(every.dailyAt, every.zone ?? DEFAULT_ZONE, after, until);
}

/** Whole multiples of the interval since 1970, so that a restart does not shift them. */
function listIntervals(interval: number, after: number, until: number): number[] {
  const first = Math.floor(after / interval) + 1;
  const last = Math.floor(until / interval);
  const step = Math.ceil((last - first + 1) / INTERVAL_RUNS_MAX);
  const times: number[] = [];
  for (let index = last; index >= first; index -= step) times.push(index * interval);
  return times.reverse();
}

function listDaily(dailyAt: string, zone: string, after: number, until: number): number[] {
  const [hours = 0, minutes = 0] = dailyAt.split(':').map(Number);
  const wallTime = (hours * 60 + minutes) * MINUTE_MS;
  const times: number[] = [];
  // A zone is at most 14 hours away from UTC: begin a day early and end a day late.
  for (let day = Math.floor(after / DAY_MS) - 1; day <= Math.floor(until / DAY_MS) + 1; day++) {
    const time = toInstant(day * DAY_MS + wallTime, zone);
    if (time > after && time <= until) times.push(time);
  }
  return times;
}

/** The instant at which clocks in `zone` show `wall` (a local time written as if it were UTC). */
function toInstant(wall: number, zone: string): number {
  const guess = wall - offsetOf(wall, zone);
  return wall - offsetOf(guess, zone);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far clocks in `zone` are ahead of UTC at an instant, in milliseconds. */
function offsetOf(instant: number, zone: string): number {
  const format = formats.get(zone) ?? makeFormat(zone);
  formats.set(zone, format);
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}

function makeFormat(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
}
