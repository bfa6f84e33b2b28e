import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Receipt, ReceiptException } from './receipt.ts';

/** That something was taken back: from its day on it counts again as if it had not been. */
export interface TakenBack {
  readonly reason: string;
  readonly date: PlainDate;
  readonly at: string;
}

/** What a receipt may learn from another one of the same money, or from who tells of it. */
type Learning =
  | 'texts'
  | 'references'
  | 'payer'
  | 'virtualAccountKey'
  | 'fromOwn'
  | 'sources'
  | 'cashAccountId'
  | 'noReceipt'
  | 'customerId';

/** That a receipt was the same money as another one. */
export interface Merged {
  readonly into: string;
  readonly date: PlainDate;
  readonly at: string;
  /** Where the money was booked twice and does not lie: on an account of the ledger, or without one on that of the book. */
  readonly leaves: Pick<Receipt, 'cashAccountId'>;
  /** What it waited for. */
  readonly exception?: ReceiptException;
  /** The other one as it was, so that it can be so again. */
  readonly before: Pick<Receipt, Learning | 'matchesMade' | 'refunded'>;
}

/** A merge that was taken back. */
export interface Unmerged extends Pick<Merged, 'into' | 'date' | 'at'> {
  readonly undone: TakenBack;
}
