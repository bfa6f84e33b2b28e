import { instantOf } from '../../../shared/calendar/local-time.ts';
import { addDays, businessDateOf, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Configuration, NextRun } from '../pool.ts';
import { calendar, scheduledIn } from '../pool-calendar.ts';
import { NEXT_SLOT_DAYS_MAX, nextSlot } from '../schedule/next-slot.ts';
import type { Term } from '../schedule/schedule.ts';

/**
 * The next scheduled run after an instant; or from which day on it cannot be told, and is asked again. Undefined without
 * schedules that are still to come.
 */
export function nextRunOf(configuration: Pick<Configuration, 'header' | 'members'>, after: Date): NextRun | undefined {
  const agreements = scheduledIn(configuration);
  const slot = nextSlot(agreements, calendar, after);
  if (slot && !('fault' in slot)) {
    return { businessDate: slot.businessDate, runNumber: slot.runNumber, at: slot.at.toISOString() };
  }
  if (slot) return { ...slot, askAgainAt: instantOf(slot.date, '00:00').toISOString() };
  const date = addDays(businessDateOf(after), NEXT_SLOT_DAYS_MAX);
  const isToCome = agreements.some(({ term }) => isStillToCome(term, date));
  return isToCome ? { fault: 'FAR_AHEAD', date, askAgainAt: instantOf(date, '00:00').toISOString() } : undefined;
}

/** Whether an agreement may be in force some day after a date: neither expired nor paused for good by then. */
function isStillToCome({ expiresOn, pauses }: Term, date: PlainDate): boolean {
  const isPausedForGood = pauses.some(({ from, to }) => to === undefined && from <= date);
  return !isPausedForGood && (expiresOn === undefined || expiresOn > date);
}
