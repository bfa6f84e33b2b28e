import { daysBetween } from './plain-date.ts';

/** How far back a value date may lie. A year and a day: last year's closing can still be corrected. */
export const backdatingDaysMax = 366;

/** Whether a value date lies between the oldest allowed day and the booking date. */
export function isAllowedValueDate(valueDate: string, bookingDate: string): boolean {
  const daysBack = daysBetween(valueDate, bookingDate);
  return daysBack >= 0 && daysBack <= backdatingDaysMax;
}
