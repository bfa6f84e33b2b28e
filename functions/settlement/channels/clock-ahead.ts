import { addDays, businessDateOf, type PlainDate } from '../../../shared/calendar/plain-date.ts';

/** How far the clock of a channel may be ahead of ours; what it tells of later than that has not happened. */
export const CLOCK_AHEAD_MS = 5 * 60_000;

/**
 * The first day whose terms are still open. Payments of today are told by terms of today, early or late, and all have to come to
 * the same: so what is in force today does not change any more.
 */
export function firstOpenDay(now: Date, zone: string): PlainDate {
  return addDays(businessDateOf(new Date(now.getTime() + CLOCK_AHEAD_MS), zone), 1);
}
