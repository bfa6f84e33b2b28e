import { instantOf } from '../../../shared/calendar/local-time.ts';
import { addDays, businessDateOf } from '../../../shared/calendar/plain-date.ts';
import type { Configuration, NextRun } from '../pool.ts';
import { calendar, scheduledIn } from '../pool-calendar.ts';
import { NEXT_SLOT_DAYS_MAX, nextSlot } from '../schedule/next-slot.ts';

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
  const isToCome = agreements.some(({ term }) => term.expiresOn === undefined || term.expiresOn > date);
  return isToCome ? { fault: 'FAR_AHEAD', date, askAgainAt: instantOf(date, '00:00').toISOString() } : undefined;
}
