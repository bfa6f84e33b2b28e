import { isPlainDate, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { isAllowedValueDate } from '../../../shared/calendar/value-date.ts';

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
  if (isAllowedValueDate(told, today)) return { valueDate: told, references: {} };
  return { references: { bankValueDate: told } };
}
