import { compareDates, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Term } from './schedule.ts';

export type Force = 'IN_FORCE' | 'NOT_YET' | 'EXPIRED' | 'PAUSED';

/** Whether an agreement stands on a date. Asked of the day of a run, not of the due day that was moved to it. */
export function isInForce({ effectiveFrom, expiresOn, pauses }: Term, date: PlainDate): Force {
  if (compareDates(date, effectiveFrom) < 0) return 'NOT_YET';
  if (expiresOn !== undefined && compareDates(date, expiresOn) > 0) return 'EXPIRED';
  const isPaused = pauses.some(
    ({ from, to }) => compareDates(from, date) <= 0 && (to === undefined || compareDates(date, to) <= 0),
  );
  return isPaused ? 'PAUSED' : 'IN_FORCE';
}

/** Days from one to another, both in; without one of them, since ever or for ever. */
interface Days {
  readonly effectiveFrom?: PlainDate | undefined;
  readonly expiresOn?: PlainDate | undefined;
}

/** Whether two terms have a day in common. */
export function termsMeet(one: Days, other: Days): boolean {
  const endsBefore = (a: Days, b: Days) =>
    a.expiresOn !== undefined && b.effectiveFrom !== undefined && compareDates(a.expiresOn, b.effectiveFrom) < 0;
  return !endsBefore(one, other) && !endsBefore(other, one);
}
