import { defaultZone, instantOf } from '../../../shared/calendar/local-time.ts';
import { addDays, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { tradeDateOf } from '../../../shared/calendar/settlement.ts';

/** When the run of each day starts, on the clock of each market: what was paid the evening before is in the journal by then. */
export const runsAt = '02:00';

/** The business date of the first daily run that can take what is known at an instant: that of the day until it starts, then the next. */
export function firstRunOn(at: string | Date, zone: string = defaultZone): PlainDate {
  return tradeDateOf(new Date(at), runsAt, zone);
}

/** The last daily run that was before an instant: of which business date, and when. */
export function lastRunBefore(at: string | Date, zone: string = defaultZone): { on: PlainDate; at: string } {
  const on = addDays(firstRunOn(at, zone), -1);
  return { on, at: instantOf(on, runsAt, zone).toISOString() };
}
