import type { WorkingDayCalendar } from '../../../shared/calendar/calendar.ts';
import { instantOf } from '../../../shared/calendar/local-time.ts';
import { dayOfMonthFrom } from '../../../shared/calendar/month-days.ts';
import { addDays, businessDateOf, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { addWorkingDays } from '../../../shared/calendar/working-days.ts';
import { type ReasonCode, reasons } from './reasons.ts';
import type { RetryPolicy } from './retry-policy.ts';

/** A collection that has failed, as often as it was tried. */
export interface FailedCollection {
  readonly firstTriedAt: Date;
  /** How often it was tried for its money, the first time included; another rail for the same try does not count. */
  readonly tries: number;
  readonly reason: ReasonCode;
}

export type NextTry =
  | { readonly outcome: 'AGAIN'; readonly at: Date; readonly partial: boolean }
  | { readonly outcome: 'ENDED'; readonly why: 'TERMINAL_REASON' | 'NO_RETRIES_AGREED' | 'RETRIES_USED' };

/**
 * When a failed collection is tried again by what its mandate says. A terminal reason ends it whatever was agreed: an
 * account that is closed stays so. Throws CalendarNotPublishedError where the day cannot be told.
 */
export function nextTry(
  failed: FailedCollection,
  policy: RetryPolicy,
  calendar: WorkingDayCalendar,
  now: Date,
): NextTry {
  if (reasons[failed.reason].next !== 'RETRY') return { outcome: 'ENDED', why: 'TERMINAL_REASON' };
  if (policy.when === 'NEVER') return { outcome: 'ENDED', why: 'NO_RETRIES_AGREED' };
  const date = policy.when === 'SET_DAYS' ? setDay(failed, policy.days, now) : payDay(failed, policy, now);
  if (date === undefined) return { outcome: 'ENDED', why: 'RETRIES_USED' };
  return { outcome: 'AGAIN', at: instantOf(addWorkingDays(calendar, date, 0), policy.time), partial: policy.partial };
}

/** The day of the try that is due; where the failure was told later than that, today's next. */
function setDay({ firstTriedAt, tries }: FailedCollection, days: readonly number[], now: Date): PlainDate | undefined {
  const after = days[tries - 1];
  if (after === undefined) return undefined;
  const due = addDays(businessDateOf(firstTriedAt), after);
  const tomorrow = addDays(businessDateOf(now), 1);
  return due < tomorrow ? tomorrow : due;
}

function payDay(
  { tries }: FailedCollection,
  { day, tries: triesMax }: Extract<RetryPolicy, { when: 'PAY_DAY' }>,
  now: Date,
): PlainDate | undefined {
  if (tries > triesMax) return undefined;
  return dayOfMonthFrom(addDays(businessDateOf(now), 1), day);
}
