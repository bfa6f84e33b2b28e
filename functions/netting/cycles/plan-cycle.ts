import { CalendarNotPublishedError, type WorkingDayCalendar } from '../../../shared/calendar/calendar.ts';
import { calendars } from '../../../shared/calendar/calendars.ts';
import { addDays, businessDateOf, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import { Problem } from '../../../shared/problems/problem.ts';
import type { Centre } from '../centres/centre.ts';
import { problems } from '../problems.ts';
import { type Cycle, cycleIdOf } from './cycle.ts';
import { cutOffDateFrom, cycleTimes } from './schedule.ts';

type Planned = Pick<Centre, 'tenant' | 'id' | 'schedule'>;

/** Problem `netting/calendar-not-published`. */
export function firstCutOffDate({ schedule }: Planned, date: PlainDate): PlainDate {
  return published(schedule.calendar, (calendar) => cutOffDateFrom(schedule.days, calendar, date));
}

/** The cut-off date behind one; of dates in the past, the first that is not. Problem `netting/calendar-not-published`. */
export function nextCutOffDate(centre: Planned, after: PlainDate, now: string): PlainDate {
  const today = businessDateOf(new Date(now), centre.schedule.zone);
  return firstCutOffDate(centre, after < today ? today : addDays(after, 1));
}

/** The cycle of a cut-off date, as it is opened. Problem `netting/calendar-not-published`. */
export function cycleOf(
  centre: Planned,
  cutOffDate: PlainDate,
  { at, cause }: { readonly at: string; readonly cause: Cause },
): Cycle {
  const { tenant, id: centreId, schedule } = centre;
  const times = published(schedule.calendar, (calendar) => cycleTimes(schedule, calendar, cutOffDate));
  const id = cycleIdOf(centreId, cutOffDate);
  const facts = { tenant, id, centreId, cutOffDate, ...times };
  return { ...facts, state: 'OPEN', openedAt: at, revision: 1, changedAt: at, cause };
}

/** The first cycle of a centre: that of the next cut-off. Problem `netting/calendar-not-published`. */
export function planCycle(centre: Planned, on: { readonly at: string; readonly cause: Cause }): Cycle {
  const today = businessDateOf(new Date(on.at), centre.schedule.zone);
  const first = cycleOf(centre, firstCutOffDate(centre, today), on);
  return first.cutOffAt > on.at ? first : cycleOf(centre, nextCutOffDate(centre, first.cutOffDate, on.at), on);
}

/** Whether an error is the problem `netting/calendar-not-published`. */
export function isUnpublished(error: unknown): error is Problem {
  return error instanceof Problem && error.code === problems['calendar-not-published'].code;
}

function published<Value>(name: string, ask: (calendar: WorkingDayCalendar) => Value): Value {
  const calendar = calendars.get(name);
  if (!calendar) throw new Error(`There is no calendar ${name}.`);
  try {
    return ask(calendar);
  } catch (error) {
    if (!(error instanceof CalendarNotPublishedError)) throw error;
    throw problems['calendar-not-published'].with({ detail: error.message, calendar: name, date: error.date });
  }
}
