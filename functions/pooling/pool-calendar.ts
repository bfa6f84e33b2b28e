import { CalendarNotPublishedError, type WorkingDayCalendar } from '../../shared/calendar/calendar.ts';
import { chinaStateCouncil } from '../../shared/calendar/china-state-council.ts';
import type { Configuration } from './pool.ts';
import { problems } from './problems.ts';

/** The working days of the pools' banks. */
export const calendar: WorkingDayCalendar = chinaStateCouncil;

/** Every agreement with a schedule, with its term. */
export function scheduledIn({ header, members }: Pick<Configuration, 'header' | 'members'>) {
  const sides = [...members, ...(header.investment ? [header.investment] : [])];
  return sides.flatMap(({ up, down }) =>
    [...up, ...down].flatMap((agreement) =>
      agreement.trigger === 'SCHEDULED' && agreement.schedule
        ? [{ schedule: agreement.schedule, term: agreement }]
        : [],
    ),
  );
}

/** A question that the calendar cannot answer is a problem that names what is missing. */
export function withCalendar<T>(ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof CalendarNotPublishedError)) throw error;
    const { calendar: name, date } = error;
    throw problems['calendar-not-published'].with({ detail: error.message, calendar: name, date }, { cause: error });
  }
}
