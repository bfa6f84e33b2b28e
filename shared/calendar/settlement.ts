import type { WorkingDayCalendar } from './calendar.ts';
import { defaultZone, localMomentOf } from './local-time.ts';
import { addDays, type PlainDate } from './plain-date.ts';
import { addNaturalDays, addWorkingDays } from './working-days.ts';

/** Days of a settlement term, at most. */
export const TERM_DAYS_MAX = 365;

/** T+N counts working days, D+N natural days. */
export interface SettlementTerm {
  readonly counting: 'WORKING_DAYS' | 'NATURAL_DAYS';
  readonly days: number;
}

export interface SettlementRule {
  readonly term: SettlementTerm;
  readonly calendar: WorkingDayCalendar;
  /** 'HH:MM' on the clock of `zone`; '24:00' where there is none. The cut-off itself is still in time. */
  readonly cutOff: string;
  /** Asia/Shanghai unless told. */
  readonly zone?: string;
}

/** Reads 'T+1' or 'D+0'. Throws RangeError on anything else, and above TERM_DAYS_MAX. */
export function parseSettlementTerm(text: string): SettlementTerm {
  const [, letter, digits] = /^([TD])\+([0-9]{1,3})$/.exec(text) ?? [];
  const days = Number(digits);
  if (!letter || days > TERM_DAYS_MAX) throw new RangeError(`A term is T+N or D+N with N up to ${TERM_DAYS_MAX}.`);
  return { counting: letter === 'T' ? 'WORKING_DAYS' : 'NATURAL_DAYS', days };
}

/** The date a trade counts as made on: after the cut-off it is the next natural day, whether worked or not. */
export function tradeDateOf(instant: Date, cutOff: string, zone: string = defaultZone): PlainDate {
  if (!/^(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$/.test(cutOff)) {
    throw new RangeError('A cut-off is HH:MM, 00:00 to 24:00.');
  }
  const { date, time, pastTheMinute } = localMomentOf(instant, zone);
  const late = time > cutOff || (time === cutOff && pastTheMinute);
  return late ? addDays(date, 1) : date;
}

/**
 * The day a trade made at this instant settles. Friday 2025-09-19 18:00 with cut-off 17:00 and T+1 counts as Saturday's
 * and settles on Monday 2025-09-22. Throws CalendarNotPublishedError rather than guess.
 */
export function settlementDate(instant: Date, { term, calendar, cutOff, zone }: SettlementRule): PlainDate {
  const tradeDate = tradeDateOf(instant, cutOff, zone);
  return term.counting === 'WORKING_DAYS'
    ? addWorkingDays(calendar, tradeDate, term.days)
    : addNaturalDays(tradeDate, term.days);
}
