import type { WorkingDayCalendar } from '../../../shared/calendar/calendar.ts';
import { addDays, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { addWorkingDays, nextWorkingDay } from '../../../shared/calendar/working-days.ts';
import { type Clock, plainClock } from './clock.ts';
import type { CutOffs, Rail, Session } from './rail.ts';

/** A stretch of time in which a rail takes items, both ends included, and what comes of them. */
export interface Opening {
  readonly opens: Date;
  /** Never, for a rail that is always open. */
  readonly closes?: Date;
  readonly businessDate: PlainDate;
  /** Nothing settles before it. */
  readonly settlesFrom: Date;
}

export type Calendars = ReadonlyMap<string, WorkingDayCalendar>;

type Timed = Pick<Rail, 'hours' | 'zone'>;

/**
 * The opening of a rail at an instant, or else the next one. The file of a cut-off opens and closes in the very instant
 * of the cut-off. Throws CalendarNotPublishedError rather than guess, RangeError where the calendar is not known.
 */
export function nextOpening(
  { hours, zone }: Timed,
  at: Date,
  calendars: Calendars,
  clock: Clock = plainClock,
): Opening {
  const date = clock.dayOf(at, zone);
  if (hours.type === 'ALWAYS') return { opens: at, businessDate: date, settlesFrom: at };
  const calendar = calendars.get(hours.calendar);
  if (!calendar) throw new RangeError(`There is no calendar ${hours.calendar}.`);
  const place: Place = { calendar, date, at, instantOf: (day, time) => clock.instantOf(day, time, zone) };
  return hours.type === 'SESSION' ? nextSession(hours, place) : nextCutOff(hours, place);
}

interface Place {
  readonly calendar: WorkingDayCalendar;
  readonly at: Date;
  /** The day of `at`. */
  readonly date: PlainDate;
  readonly instantOf: (date: PlainDate, time: string) => Date;
}

/** A session of the day itself or of a later one; the one of the next day may have opened already. */
function nextSession(hours: Session, { calendar, date, at, instantOf }: Place): Opening {
  // A day whose session would have ended is not looked up: what the calendar says about it changes nothing.
  const isOver = at > instantOf(date, hours.closes);
  const businessDate = isOver ? nextWorkingDay(calendar, date) : addWorkingDays(calendar, date, 0);
  const opensOn = hours.opensOn === 'DAY_BEFORE' ? addDays(businessDate, -1) : businessDate;
  const opens = instantOf(opensOn, hours.opens);
  return { opens, closes: instantOf(businessDate, hours.closes), businessDate, settlesFrom: opens };
}

function nextCutOff(hours: CutOffs, { calendar, date, at, instantOf }: Place): Opening {
  const today = hours.cutOffs.find((cutOff) => at <= instantOf(date, cutOff));
  const day = today === undefined ? nextWorkingDay(calendar, date) : addWorkingDays(calendar, date, 0);
  const time = day === date && today !== undefined ? today : (hours.cutOffs[0] ?? '00:00');
  const leaves = instantOf(day, time);
  const businessDate = addWorkingDays(calendar, day, hours.leadDays);
  return { opens: leaves, closes: leaves, businessDate, settlesFrom: instantOf(businessDate, hours.settlesAt) };
}

interface Remembered {
  readonly from: Date;
  readonly to: Date;
  readonly opening: Opening;
}

/**
 * nextOpening for the many questions of one batch: what was found holds until it closes, for all rails with the same
 * hours. It remembers one opening of each as long as the function is held.
 */
export function rememberOpenings(calendars: Calendars, clock: Clock): (rail: Timed, at: Date) => Opening {
  const keys = new WeakMap<Timed, string>();
  const found = new Map<string, Remembered>();
  return (rail, at) => {
    if (rail.hours.type === 'ALWAYS') return nextOpening(rail, at, calendars, clock);
    const key = keys.get(rail) ?? JSON.stringify([rail.zone, rail.hours]);
    keys.set(rail, key);
    const known = found.get(key);
    if (known && known.from <= at && at <= known.to) return known.opening;
    const opening = nextOpening(rail, at, calendars, clock);
    if (opening.closes) found.set(key, { from: at, to: opening.closes, opening });
    return opening;
  };
}
