import { defaultZone, instantOf } from '../../shared/calendar/local-time.ts';
import type { ScheduleDescription } from '../../shared/service/description.ts';
import { DAY_MS, MINUTE_MS } from '../../shared/time/durations.ts';

/**
 * Runs of one interval schedule in one leap of the clock, at most: four hours of every five minutes. A longer leap runs it at every k-th
 * due time and at the last, as a host that was slow would: of a day each half hour, so that a leap takes seconds. Daily schedules run at
 * each of theirs.
 */
export const INTERVAL_RUNS_MAX = 48;

type Every = ScheduleDescription['every'];

/** The due times (epoch milliseconds) after `after` up to and including `until`, in order. */
export function listDueTimes(every: Every, after: number, until: number): number[] {
  if ('minutes' in every) return listIntervals(every.minutes * MINUTE_MS, after, until);
  return listDaily(every.dailyAt, every.zone ?? defaultZone, after, until);
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
  const times: number[] = [];
  // A zone is at most 14 hours away from UTC: begin a day early and end a day late.
  for (let day = Math.floor(after / DAY_MS) - 1; day <= Math.floor(until / DAY_MS) + 1; day++) {
    const date = new Date(day * DAY_MS).toISOString().slice(0, 10);
    const time = instantOf(date, dailyAt, zone).getTime();
    if (time > after && time <= until) times.push(time);
  }
  return times;
}
