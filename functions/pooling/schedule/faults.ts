import { compareDates } from '../../../shared/calendar/plain-date.ts';
import type { Fault } from '../../../shared/problems/located-faults.ts';
import type { LimitPeriod } from './limit-periods.ts';
import { type Frequency, PAUSES_MAX, type Schedule, type Term, TIMES_MAX } from './schedule.ts';

const timePattern = /^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/;

/** Everything wrong with a schedule; nothing where it can be used. */
export function scheduleFaults(schedule: Schedule): Fault[] {
  return [...dayFaults(schedule), ...timeFaults(schedule.times)];
}

/** Everything wrong with a term. Whether calendars cover its days is no matter of the agreement. */
export function termFaults({ effectiveFrom, expiresOn, pauses }: Term): Fault[] {
  const faults: Fault[] = [];
  if (expiresOn !== undefined && compareDates(expiresOn, effectiveFrom) < 0) {
    faults.push({ path: ['expiresOn'], detail: `Send ${effectiveFrom}, when it takes effect, or a later day.` });
  }
  if (pauses.length > PAUSES_MAX) faults.push({ path: ['pauses'], detail: `Send at most ${PAUSES_MAX} pauses.` });
  for (const [index, { from, to }] of pauses.entries()) {
    if (to !== undefined && compareDates(to, from) < 0)
      faults.push({ path: ['pauses', index, 'to'], detail: insideOut(from) });
  }
  return faults;
}

/** Everything wrong with the period of a limit. */
export function limitPeriodFaults(limit: LimitPeriod): Fault[] {
  if (limit.period !== 'RANGE' || compareDates(limit.from, limit.to) <= 0) return [];
  return [{ path: ['to'], detail: insideOut(limit.from) }];
}

function dayFaults(schedule: Frequency): Fault[] {
  if (schedule.frequency === 'DAILY') return [];
  if (schedule.frequency === 'WEEKLY') return numberFaults(schedule.weekdays, ['weekdays'], 7);
  return typeof schedule.on === 'string' ? [] : numberFaults(schedule.on.days, ['on', 'days'], 31);
}

/** Faults of a list of days by their numbers: at least one, whole, from 1 to `last`, each once. */
function numberFaults(numbers: readonly number[], path: string[], last: number): Fault[] {
  if (numbers.length === 0) return [{ path, detail: `Send at least one day, 1 to ${last}.` }];
  return numbers.flatMap((number, index) => {
    const isDay = Number.isInteger(number) && number >= 1 && number <= last;
    if (!isDay) return [{ path: [...path, index], detail: `Send a whole number, 1 to ${last}.` }];
    return numbers.indexOf(number) < index ? [{ path: [...path, index], detail: `Send day ${number} once.` }] : [];
  });
}

function timeFaults(times: readonly string[]): Fault[] {
  if (times.length < 1 || times.length > TIMES_MAX) {
    return [{ path: ['times'], detail: `Send one time of day or up to ${TIMES_MAX}.` }];
  }
  const faults: Fault[] = [];
  for (const [index, time] of times.entries()) {
    const before = times[index - 1];
    if (!timePattern.test(time)) faults.push({ path: ['times', index], detail: 'Send HH:MM, 00:00 to 23:59.' });
    else if (before !== undefined && timePattern.test(before) && time <= before) {
      faults.push({ path: ['times', index], detail: `Send a time after ${before}; times ascend.` });
    }
  }
  return faults;
}

function insideOut(from: string): string {
  return `Send ${from}, its first day, or a later one.`;
}
