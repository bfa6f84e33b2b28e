import { CalendarNotPublishedError, type WorkingDayCalendar } from '../../../shared/calendar/calendar.ts';
import { addDays, compareDates, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { isNominalDay } from './nominal-days.ts';
import type { Schedule } from './schedule.ts';

/** HOLIDAY: due by the agreement's words, but a day off, and its holiday mode leaves it out or moves it elsewhere. */
export type Due = 'DUE' | 'NOT_DUE' | 'HOLIDAY';

/**
 * How far beyond what the calendar covers a due day may be moved from. No block of days off has been that long (the
 * longest, Spring Festival of 2020 with its extension, had ten); without the bound, a quarterly agreement would wait on
 * 31 December for a calendar that can change nothing about it.
 */
export const UNKNOWN_DAYS_MAX = 14;

/**
 * Whether an agreement is due on a date. Under NEXT a working day is also due where a due day fell on the days off right
 * before it, under PREVIOUS right after it; several that are moved to one day, or to a due day, are one. Throws
 * CalendarNotPublishedError where the answer hangs on a day the calendar does not cover (RUN never asks it) and
 * InvalidDateError.
 */
export function isDueOn(schedule: Schedule, calendar: WorkingDayCalendar, date: PlainDate): Due {
  if (isNominalDay(schedule, date)) {
    return schedule.holiday === 'RUN' || calendar.isWorkingDay(date) ? 'DUE' : 'HOLIDAY';
  }
  if (schedule.holiday === 'NEXT') return isMovedTo(schedule, calendar, date, -1) ? 'DUE' : 'NOT_DUE';
  if (schedule.holiday === 'PREVIOUS') return isMovedTo(schedule, calendar, date, 1) ? 'DUE' : 'NOT_DUE';
  return 'NOT_DUE';
}

/**
 * Whether a due day was moved to the date, which is none itself: goes over the days off next to it, back (-1) or forth
 * (1). A day the calendar does not cover may be off or not; that matters only once a due day lies behind it.
 */
function isMovedTo(schedule: Schedule, calendar: WorkingDayCalendar, date: PlainDate, step: 1 | -1): boolean {
  let unknown = isCovered(calendar, date) ? undefined : date;
  if (unknown === undefined && !calendar.isWorkingDay(date)) return false;
  for (let day = addDays(date, step), unknownDays = 0; ; day = addDays(day, step)) {
    if (isCovered(calendar, day)) {
      if (calendar.isWorkingDay(day)) return false;
    } else {
      unknown ??= day;
      unknownDays += 1;
      if (unknownDays > UNKNOWN_DAYS_MAX) return false;
    }
    if (isNominalDay(schedule, day)) {
      if (unknown !== undefined) throw new CalendarNotPublishedError(calendar, unknown);
      return true;
    }
  }
}

function isCovered({ coverage }: WorkingDayCalendar, date: PlainDate): boolean {
  return compareDates(coverage.from, date) <= 0 && compareDates(date, coverage.to) <= 0;
}

/**
 * isDueOn for the many agreements of one run: those with equal words are worked out once per date. It remembers as long
 * as the function is held, so make one for each run.
 */
export function rememberDue(calendar: WorkingDayCalendar): (schedule: Schedule, date: PlainDate) => Due {
  const words = new WeakMap<Schedule, string>();
  const answers = new Map<string, Due>();
  return (schedule, date) => {
    const text = words.get(schedule) ?? wordsOf(schedule);
    words.set(schedule, text);
    const key = `${date} ${text}`;
    const answer = answers.get(key) ?? isDueOn(schedule, calendar, date);
    answers.set(key, answer);
    return answer;
  };
}

/** A text that is the same for schedules with the same days, whatever their times. */
function wordsOf({ times: _, ...days }: Schedule): string {
  return JSON.stringify(days);
}
