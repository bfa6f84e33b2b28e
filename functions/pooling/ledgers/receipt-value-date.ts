import { daysBetween, isPlainDate, type PlainDate } from '../../../shared/calendar/plain-date.ts';

/** How far back the ledger takes a value date. */
const backdatingDaysMax = 366;

export interface ReceiptDates {
  readonly valueDate?: PlainDate;
  /** The bank's day, where the ledger cannot take it. */
  readonly references: Readonly<Record<string, string>>;
}

/**
 * The value date under which a receipt is booked. A day to come, or one more than 366 days back, is not a value date of
 * the ledger; the receipt is then valued today and `bankValueDate` keeps what the bank said.
 */
export function receiptValueDate(told: string | undefined, today: PlainDate): ReceiptDates {
  if (told === undefined || !isPlainDate(told)) return { references: {} };
  const daysBack = daysBetween(told, today);
  if (daysBack >= 0 && daysBack <= backdatingDaysMax) return { valueDate: told, references: {} };
  return { references: { bankValueDate: told } };
}
