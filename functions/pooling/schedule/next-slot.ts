import { CalendarNotPublishedError, type WorkingDayCalendar } from '../../../shared/calendar/calendar.ts';
import { defaultZone, instantOf } from '../../../shared/calendar/local-time.ts';
import { addDays, businessDateOf, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { rememberDue } from './due.ts';
import type { Schedule, Term } from './schedule.ts';
import { runNumberAt } from './slots.ts';
import { isInForce } from './term.ts';

/** How many days after today a slot is looked for: more than a year, so that the rarest schedule has come round. */
export const NEXT_SLOT_DAYS_MAX = 400;

export interface ScheduledAgreement {
  readonly schedule?: Schedule | undefined;
  readonly term: Term;
}

export interface Slot {
  readonly businessDate: PlainDate;
  /** By the time of day; see runNumberAt. */
  readonly runNumber: number;
  readonly at: Date;
}

/** The earliest slot hangs on a date that the calendar does not cover. */
export interface SlotFault {
  readonly fault: 'CALENDAR_NOT_PUBLISHED';
  readonly date: PlainDate;
}

/** Agreements of equal schedules, with their terms. */
interface Group {
  readonly schedule: Schedule;
  readonly terms: Term[];
}

/** Undefined where the day is none of the schedule's. */
type Answer = 'DUE' | SlotFault | undefined;
type Ask = (schedule: Schedule, date: PlainDate) => Answer;

/**
 * The earliest instant after `after` at which some agreement in force is due, and which run of which day that is;
 * undefined where there is none within NEXT_SLOT_DAYS_MAX days. Throws RangeError where the zone is unknown.
 */
export function nextSlot(
  agreements: readonly ScheduledAgreement[],
  calendar: WorkingDayCalendar,
  after: Date,
  zone: string = defaultZone,
): Slot | SlotFault | undefined {
  const today = businessDateOf(after, zone);
  const groups = groupBySchedule(agreements, today);
  const ask = asking(calendar);
  for (let days = 0; days <= NEXT_SLOT_DAYS_MAX && groups.length > 0; days += 1) {
    const date = addDays(today, days);
    const answers = answersByTime(groups, date, ask);
    const ahead = [...answers.keys()]
      .map((time) => ({ time, at: instantOf(date, time, zone) }))
      .filter(({ at }) => at > after)
      // Where clocks are put forward, a time that is left out comes after some that are not.
      .sort((one, other) => one.at.getTime() - other.at.getTime() || (one.time < other.time ? -1 : 1));
    const [first] = ahead;
    if (first === undefined) continue;
    const answer = answers.get(first.time);
    return typeof answer === 'object'
      ? answer
      : { businessDate: date, runNumber: runNumberAt(first.time), at: first.at };
  }
  return undefined;
}

/** Of each time of a day at which some agreement in force is due, that; or why that cannot be told. */
function answersByTime(groups: readonly Group[], date: PlainDate, ask: Ask): Map<string, 'DUE' | SlotFault> {
  const answers = new Map<string, 'DUE' | SlotFault>();
  for (const { schedule, terms } of groups) {
    const answer = ask(schedule, date);
    if (answer === undefined || !terms.some((term) => isInForce(term, date) === 'IN_FORCE')) continue;
    for (const time of schedule.times) {
      if (answers.get(time) !== 'DUE') answers.set(time, answer);
    }
  }
  return answers;
}

/** Agreements without a schedule have no slot, and those that end too early or begin too late have none in sight. */
function groupBySchedule(agreements: readonly ScheduledAgreement[], today: PlainDate): Group[] {
  const lastDay = addDays(today, NEXT_SLOT_DAYS_MAX);
  const groups = new Map<string, Group>();
  for (const { schedule, term } of agreements) {
    if (schedule === undefined || isInForce(term, today) === 'EXPIRED') continue;
    if (isInForce(term, lastDay) === 'NOT_YET') continue;
    const key = JSON.stringify(schedule);
    const group = groups.get(key) ?? { schedule, terms: [] };
    group.terms.push(term);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function asking(calendar: WorkingDayCalendar): Ask {
  const dueOn = rememberDue(calendar);
  return (schedule, date) => {
    try {
      return dueOn(schedule, date) === 'DUE' ? 'DUE' : undefined;
    } catch (error) {
      if (!(error instanceof CalendarNotPublishedError)) throw error;
      return { fault: 'CALENDAR_NOT_PUBLISHED', date: error.date };
    }
  };
}
