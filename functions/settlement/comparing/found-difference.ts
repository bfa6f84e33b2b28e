import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { HereLine, ThereLine } from './compared-line.ts';

/**
 * What can be wrong between a market's journal and its channel. In the field's words a payment that only the channel has is 长款
 * (MISSING_HERE: it holds more than the books say), one that only the market has is 短款 (MISSING_AT_CHANNEL); of refunds it is the
 * other way round, since they take money out.
 * STATUS_DIFFERS: the channel did what is pending or failed here. AMOUNT_DIFFERS, FEE_DIFFERS: both have it, with other figures.
 * LATE: the other side has it on the day before or after, with the same figures, so it is matched. DUPLICATE: a side has it once more
 * than the other. LEDGER_DIFFERS: the sums of the ledger are not those of the journal.
 */
export const lineClasses = [
  'MISSING_AT_CHANNEL',
  'MISSING_HERE',
  'STATUS_DIFFERS',
  'AMOUNT_DIFFERS',
  'FEE_DIFFERS',
  'LATE',
  'DUPLICATE',
] as const;
export type LineClass = (typeof lineClasses)[number];
export type DifferenceClass = LineClass | 'LEDGER_DIFFERS';

/** A difference of a transaction on a day. */
export interface LineDifference {
  /** The same whenever the same day is compared again, so that what was noted with it stays. */
  readonly id: string;
  readonly class: LineClass;
  /** The day that is compared. */
  readonly date: PlainDate;
  readonly here?: HereLine;
  readonly there?: ThereLine;
}

export const ledgerFigures = ['paid', 'refunded', 'fees'] as const;
export type LedgerFigure = (typeof ledgerFigures)[number];

/** A difference of the sums of a day, in minor units. */
export interface LedgerDifference {
  readonly id: string;
  readonly class: 'LEDGER_DIFFERS';
  readonly date: PlainDate;
  readonly figure: LedgerFigure;
  readonly ledger: bigint;
  readonly journal: bigint;
  /** What is not booked as it was posted, the first of it. */
  readonly wrong?: readonly WrongBooking[];
}

/** A posting of many payments, or a refund, of which the ledger has something else. Minor units, paid less refunded and fees. */
export interface WrongBooking {
  /** The id of the posting, or the numbers of the order and the refund. */
  readonly booking: string;
  readonly journal: bigint;
  /** None: it is not in the ledger. */
  readonly ledger?: bigint;
}

export type FoundDifference = LineDifference | LedgerDifference;
