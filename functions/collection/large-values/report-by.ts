import { CalendarNotPublishedError, type WorkingDayCalendar } from '../../../shared/calendar/calendar.ts';
import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { addWorkingDays } from '../../../shared/calendar/working-days.ts';

const reportWorkingDays = 5;

/**
 * The last day on which a large value may be reported: the fifth working day after it. (PBOC Order 2016-3, art. 8.)
 * Undefined where the calendar is not published so far.
 */
export function reportBy(calendar: WorkingDayCalendar, date: PlainDate): PlainDate | undefined {
  try {
    return addWorkingDays(calendar, date, reportWorkingDays);
  } catch (error) {
    if (error instanceof CalendarNotPublishedError) return undefined;
    throw error;
  }
}
