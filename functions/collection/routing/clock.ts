import { instantOf, localMomentOf } from '../../../shared/calendar/local-time.ts';
import { addDays, type PlainDate } from '../../../shared/calendar/plain-date.ts';

/** Dates and instants of zones, as shared/calendar/local-time.ts tells them. */
export interface Clock {
  dayOf(at: Date, zone: string): PlainDate;
  instantOf(date: PlainDate, time: string, zone: string): Date;
}

export const plainClock: Clock = { dayOf: (at, zone) => localMomentOf(at, zone).date, instantOf };

/** Instants remembered at most; a year of a rail's days has some hundreds. */
const INSTANTS_MAX = 10_000;

interface Day {
  readonly day: PlainDate;
  /** Milliseconds: comparing dates asks each for its own. */
  readonly begins: number;
  readonly ends: number;
}

/** The same answers, each asked for once: zones are slow to ask, and the items of a batch fall on few days. */
export function rememberingClock(): Clock {
  const instants = new Map<string, Date>();
  const lastDays = new Map<string, Day>();

  function rememberedInstant(date: PlainDate, time: string, zone: string): Date {
    const key = `${date} ${time} ${zone}`;
    const known = instants.get(key);
    if (known) return known;
    if (instants.size >= INSTANTS_MAX) instants.clear();
    const instant = instantOf(date, time, zone);
    instants.set(key, instant);
    return instant;
  }

  function dayOf(at: Date, zone: string): PlainDate {
    const last = lastDays.get(zone);
    const now = at.getTime();
    if (last && last.begins <= now && now < last.ends) return last.day;
    const found = dayAround(at, zone);
    lastDays.set(zone, found);
    return found.day;
  }

  /** The day of UTC or one beside it, by when they begin in the zone. */
  function dayAround(at: Date, zone: string): Day {
    const utc = at.toISOString().slice(0, 10);
    const begins = (day: PlainDate) => rememberedInstant(day, '00:00', zone);
    const day = at < begins(utc) ? addDays(utc, -1) : at < begins(addDays(utc, 1)) ? utc : addDays(utc, 1);
    return { day, begins: begins(day).getTime(), ends: begins(addDays(day, 1)).getTime() };
  }

  return { dayOf, instantOf: rememberedInstant };
}
