import type { WorkingDayCalendar } from '../../../shared/calendar/calendar.ts';
import { instantOf } from '../../../shared/calendar/local-time.ts';
import { dayOfMonthFrom } from '../../../shared/calendar/month-days.ts';
import { addDays, dayOfWeek, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { addWorkingDays } from '../../../shared/calendar/working-days.ts';

/** When the cycles of a centre are cut off, confirmed and paid. */
export interface CycleSchedule {
  /** The clock of its times. */
  readonly zone: string;
  /** Name of the calendar whose working days count. */
  readonly calendar: string;
  readonly days: CutOffDays;
  /** HH:MM of the cut-off date. */
  readonly cutOff: string;
  /** Until when after the cut-off obligations are confirmed and disputed; not at all where there is none. */
  readonly confirmation?: { readonly workingDays: number; readonly time: string };
  /** Working days from the cut-off date to the day on which payments have value. */
  readonly valueDays: number;
}

/** A cut-off on a day off is made on the next working day. */
export type CutOffDays =
  | { readonly kind: 'DAILY' }
  /** 1 for Monday to 7 for Sunday. */
  | { readonly kind: 'WEEKLY'; readonly dayOfWeek: number }
  /** 1 to 31; beyond the end of a month it is its last day. */
  | { readonly kind: 'MONTHLY'; readonly dayOfMonth: number };

/** No run of days off is longer: what was planned earlier than this cannot be made on the day asked for or later. */
const daysOffMax = 16;

/** The first cut-off date on a day or later. Throws CalendarNotPublishedError. */
export function cutOffDateFrom(days: CutOffDays, calendar: WorkingDayCalendar, date: PlainDate): PlainDate {
  if (days.kind === 'DAILY') return addWorkingDays(calendar, date, 0);
  let planned = plannedFrom(days, addDays(date, -daysOffMax));
  for (;;) {
    const made = addWorkingDays(calendar, planned, 0);
    if (made >= date) return made;
    planned = plannedFrom(days, addDays(planned, 1));
  }
}

function plannedFrom(days: Exclude<CutOffDays, { kind: 'DAILY' }>, date: PlainDate): PlainDate {
  if (days.kind === 'MONTHLY') return dayOfMonthFrom(date, days.dayOfMonth);
  return addDays(date, (days.dayOfWeek - dayOfWeek(date) + 7) % 7);
}

export interface CycleTimes {
  /** ISO instants. */
  readonly cutOffAt: string;
  /** The cut-off itself where there is no confirmation. */
  readonly confirmUntil: string;
  readonly valueDate: PlainDate;
}

/** The times of the cycle of a cut-off date. Throws CalendarNotPublishedError. */
export function cycleTimes(schedule: CycleSchedule, calendar: WorkingDayCalendar, cutOffDate: PlainDate): CycleTimes {
  const { zone, cutOff, confirmation, valueDays } = schedule;
  const cutOffAt = instantOf(cutOffDate, cutOff, zone).toISOString();
  const confirmUntil = confirmation
    ? instantOf(addWorkingDays(calendar, cutOffDate, confirmation.workingDays), confirmation.time, zone).toISOString()
    : cutOffAt;
  return { cutOffAt, confirmUntil, valueDate: addWorkingDays(calendar, cutOffDate, valueDays) };
}
