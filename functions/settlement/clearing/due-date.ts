import type { WorkingDayCalendar } from '../../../shared/calendar/calendar.ts';
import { defaultZone } from '../../../shared/calendar/local-time.ts';
import { dayOfMonthFrom, lastOfMonth } from '../../../shared/calendar/month-days.ts';
import { businessDateOf, laterDate, type PlainDate, plainDate } from '../../../shared/calendar/plain-date.ts';
import { tradeDateOf } from '../../../shared/calendar/settlement.ts';
import { addNaturalDays, addWorkingDays } from '../../../shared/calendar/working-days.ts';
import type { ClearingPeriod, ClearingTerms } from './clearing-terms.ts';

/** What counts for when an order is due. */
export interface Clearing {
  readonly terms: Pick<ClearingTerms, 'period' | 'mode' | 'cutOff'>;
  /** The one that the terms name. */
  readonly calendar: WorkingDayCalendar;
  /** The market's; Asia/Shanghai unless told. */
  readonly zone?: string;
  /** The clearing date that the order itself was sent with (确认收货日期). */
  readonly expectedOn?: PlainDate;
}

/**
 * The date on which the money of an order is due, from the instant that it counts from: of Friday 2025-09-26 with T+1 it is
 * Sunday 2025-09-28, a make-up working day. BATCH counts from the day by the cut-off, ROLLING from the day of the instant.
 *
 * A date that the order was sent with takes the place of the period, be it earlier or later: it is what buyer and seller agreed.
 * It is never before the day that the money counts as of, and moves to the next working day where the period pays on these only.
 * It follows from these alone, not from when they were told: what comes when the run of its day has been is paid by the next run.
 * Throws CalendarNotPublishedError rather than guess, InvalidDateError on a date that does not exist.
 */
export function dueDate(countsFrom: Date, { terms, calendar, zone = defaultZone, expectedOn }: Clearing): PlainDate {
  const { period, mode, cutOff } = terms;
  const trade = mode === 'BATCH' ? tradeDateOf(countsFrom, cutOff, zone) : businessDateOf(countsFrom, zone);
  const date =
    expectedOn === undefined ? nominalDate(period, trade, calendar) : laterDate(plainDate(expectedOn), trade);
  return paysOnWorkingDays(period) ? addWorkingDays(calendar, date, 0) : date;
}

function nominalDate(period: ClearingPeriod, trade: PlainDate, calendar: WorkingDayCalendar): PlainDate {
  switch (period.kind) {
    case 'WORKING_DAYS':
      return addWorkingDays(calendar, trade, period.days);
    case 'NATURAL_DAYS':
      return addNaturalDays(trade, period.days);
    case 'MONTHLY':
      return dayOfMonthFrom(addNaturalDays(trade, period.delayDays), period.day);
    case 'MONTH_END':
      return addNaturalDays(lastOfMonth(trade), period.delayDays);
  }
}

function paysOnWorkingDays(period: ClearingPeriod): boolean {
  return period.kind === 'WORKING_DAYS' || period.workingDaysOnly;
}
