import type { Configuration, NextRun } from './pool.ts';
import { calendar, scheduledIn } from './pool-calendar.ts';
import { nextSlot } from './schedule/next-slot.ts';

/** The next scheduled run after an instant, or that the calendar does not tell; undefined without schedules. */
export function nextRunOf(configuration: Configuration, after: Date): NextRun | undefined {
  const slot = nextSlot(scheduledIn(configuration), calendar, after);
  if (!slot) return undefined;
  if ('fault' in slot) return slot;
  return { businessDate: slot.businessDate, runNumber: slot.runNumber, at: slot.at.toISOString() };
}
