import { defaultZone } from '../../../shared/calendar/local-time.ts';
import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { tradeDateOf } from '../../../shared/calendar/settlement.ts';

/** When the run of each day starts, on the clock of each market: what was paid the evening before is in the journal by then. */
export const runsAt = '02:00';

/** The business date of the first daily run that can take what is known at an instant: that of the day until it starts, then the next. */
export function firstRunOn(at: string | Date, zone: string = defaultZone): PlainDate {
  return tradeDateOf(new Date(at), runsAt, zone);
}
