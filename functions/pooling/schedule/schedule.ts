import type { PlainDate } from '../../../shared/calendar/plain-date.ts';

/** When sweep agreements are due: the terms a treasurer agrees with the bank. */

/** Runs of one agreement on a day, at most. */
export const TIMES_MAX = 2;
/** Pauses of one agreement, at most: each is looked at whenever the agreement is. */
export const PAUSES_MAX = 50;

export const holidayModes = ['SKIP', 'NEXT', 'PREVIOUS', 'RUN'] as const;

/**
 * What becomes of a due day that is no working day (节假日转账模式): left out, moved to the next or the previous working
 * day, or run all the same.
 */
export type HolidayMode = (typeof holidayModes)[number];

/**
 * Which days of a period: its first, its last, or fixed days of the month (1 to 31), where a day beyond the end of the
 * month is its last day. Fixed days of a quarter are days of its last month.
 */
export type DaysOfPeriod = 'PERIOD_BEGIN' | 'PERIOD_END' | { readonly days: readonly number[] };

export type Frequency =
  | { readonly frequency: 'DAILY' }
  /** 1 for Monday to 7 for Sunday. */
  | { readonly frequency: 'WEEKLY'; readonly weekdays: readonly number[] }
  /** TEN_DAYS is the 旬: days 1 to 10, 11 to 20 and 21 to the end of the month. */
  | { readonly frequency: 'TEN_DAYS' | 'MONTHLY' | 'QUARTERLY'; readonly on: DaysOfPeriod };

/** On which days an agreement is due, and at which one or two times of those days. */
export type Schedule = Frequency & {
  /** 'HH:MM' on the clock of the pool, ascending. */
  readonly times: readonly string[];
  readonly holiday: HolidayMode;
};

/** From when until when an agreement is in force. */
export interface Term {
  readonly effectiveFrom: PlainDate;
  /** The last day in force; without it the agreement stands until it is ended. */
  readonly expiresOn?: PlainDate | undefined;
  /** Both days included; without a last day, until it is resumed. */
  readonly pauses: readonly { readonly from: PlainDate; readonly to?: PlainDate | undefined }[];
}
