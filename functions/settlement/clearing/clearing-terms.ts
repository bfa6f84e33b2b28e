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
 * BATCH (翻盘式): what came until the cut-off counts as of that day, later as of the next, and all of it is due together. ROLLING
 * (滚动式): each order by itself, from the moment it counts from; it is due on its date at the same time of the day, so in the
 * first run at that time or after.
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
