/**
 * When the money of an order is due. WORKING_DAYS: T+N. NATURAL_DAYS: D+N. MONTHLY: on the day of the month (beyond its end, the
 * last), `delayDays` natural days after the trade at the earliest, and that day itself will do. MONTH_END: on the last day of the
 * month of the trade, and `delayDays` natural days later. A due date that is a day off moves to the next working day where
 * `workingDaysOnly`.
 */
export type ClearingPeriod =
  | { readonly kind: 'WORKING_DAYS'; readonly days: number }
  | { readonly kind: 'NATURAL_DAYS'; readonly days: number; readonly workingDaysOnly: boolean }
  | { readonly kind: 'MONTHLY'; readonly day: number; readonly delayDays: number; readonly workingDaysOnly: boolean }
  | { readonly kind: 'MONTH_END'; readonly delayDays: number; readonly workingDaysOnly: boolean };

/**
 * BATCH (翻盘式): what came until the cut-off counts as of that day, later as of the next, and is due together with it. ROLLING
 * (滚动式): each order by itself, as of the day of the moment that it counts from; it knows no cut-off. Both are due on a date,
 * not at a time of it: T+1 of an afternoon is the next working day, also where the run of that day is in the morning.
 */
export interface ClearingTerms {
  /** From the payment, or from when the goods were confirmed (确认收货). */
  readonly from: 'PAYMENT' | 'CONFIRMATION';
  readonly period: ClearingPeriod;
  readonly mode: 'BATCH' | 'ROLLING';
  /** BATCH: HH:MM on the clock of the market's zone; the cut-off itself is still in time. '24:00' where there is none. */
  readonly cutOff: string;
  /** Name of the calendar that working days are counted in. */
  readonly calendar: string;
}
