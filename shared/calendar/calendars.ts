import type { WorkingDayCalendar } from './calendar.ts';
import { chinaStateCouncil } from './china-state-council.ts';
import { target } from './target.ts';

/** The calendars that there are, by name. */
export const calendars: ReadonlyMap<string, WorkingDayCalendar> = new Map(
  [chinaStateCouncil, target].map((calendar) => [calendar.name, calendar]),
);
