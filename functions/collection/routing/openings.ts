import type { WorkingDayCalendar } from '../../../shared/calendar/calendar.ts';
import { instantOf, localMomentOf } from '../../../shared/calendar/local-time.ts';
import { addDays, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { addWorkingDays, nextWorkingDay } from '../../../shared/calendar/working-days.ts';
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
export function nextOpening({ hours, zone }: Timed, at: Date, calendars: Calendars): Opening {
  const { date } = localMomentOf(at, zone);
  if (hours.type === 'ALWAYS') return openAlways(at, date);
  const calendar = calendars.get(hours.calendar);
  if (!calendar) throw new RangeError(`There is no calendar ${hours.calendar}.`);
  return hours.type === 'SESSION'
    ? nextSession(hours, zone, calendar, at, date)
    : nextCutOff(hours, zone, calendar, at, date);
}

function openAlways(at: Date, date: PlainDate): Opening {
  return { opens: at, businessDate: date, settlesFrom: at };
}

/** A session of the day itself or of a later one; the one of the next day may have opened already. */
function nextSession(hours: Session, zone: string, calendar: WorkingDayCalendar, at: Date, date: PlainDate): Opening {
  // A day whose session would have ended is not looked up: what the calendar says about it changes nothing.
  const isOver = at > instantOf(date, hours.closes, zone);
  const businessDate = isOver ? nextWorkingDay(calendar, date) : addWorkingDays(calendar, date, 0);
  const opensOn = hours.opensOn === 'DAY_BEFORE' ? addDays(businessDate, -1) : businessDate;
  const opens = instantOf(opensOn, hours.opens, zone);
  return { opens, closes: instantOf(businessDate, hours.closes, zone), businessDate, settlesFrom: opens };
}

function nextCutOff(hours: CutOffs, zone: string, calendar: WorkingDayCalendar, at: Date, date: PlainDate): Opening {
  const today = hours.cutOffs.find((cutOff) => at <= instantOf(date, cutOff, zone));
  const day = today === undefined ? nextWorkingDay(calendar, date) : addWorkingDays(calendar, date, 0);
  const time = day === date && today !== undefined ? today : (hours.cutOffs[0] ?? '00:00');
  const leaves = instantOf(day, time, zone);
  const businessDate = addWorkingDays(calendar, day, hours.leadDays);
  return { opens: leaves, closes: leaves, businessDate, settlesFrom: instantOf(businessDate, hours.settlesAt, zone) };
}

/**
 * nextOpening for the many questions of one batch: what was found holds until it closes, so within a session only the
 * first question goes to the calendar. It remembers one opening per rail as long as the function is held.
 */
export function rememberOpenings(calendars: Calendars, dayOf: DayOf): (rail: Rail, at: Date) => Opening {
  const found = new Map<Rail, { readonly from: Date; readonly to: Date; readonly opening: Opening }>();
  return (rail, at) => {
    if (rail.hours.type === 'ALWAYS') return openAlways(at, dayOf(at, rail.zone));
    const known = found.get(rail);
    if (known && known.from <= at && at <= known.to) return known.opening;
    const opening = nextOpening(rail, at, calendars);
    if (opening.closes) found.set(rail, { from: at, to: opening.closes, opening });
    return opening;
  };
}

export type DayOf = (at: Date, zone: string) => PlainDate;

/** The day on the clock of a zone, remembered until it ends: clocks are slow to ask. */
export function rememberDays(): DayOf {
  const found = new Map<string, { readonly from: Date; readonly to: Date; readonly day: PlainDate }>();
  return (at, zone) => {
    const known = found.get(zone);
    if (known && known.from <= at && at < known.to) return known.day;
    const day = localMomentOf(at, zone).date;
    found.set(zone, { from: at, to: instantOf(addDays(day, 1), '00:00', zone), day });
    return day;
  };
}
