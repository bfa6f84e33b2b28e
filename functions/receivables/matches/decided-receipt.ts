import type { Invoice } from '../invoices/invoice.ts';
import type { Receipt, Refund } from '../receipts/receipt.ts';
import type { Applied } from './apply-explanation.ts';
import type { Match } from './match.ts';

/** What was decided on a receipt, with what it was decided on: written where all of that still stands. */
export interface DecidedReceipt {
  readonly receipt: { readonly next: Receipt; readonly before: Receipt };
  readonly invoices: readonly { readonly next: Invoice; readonly before: Invoice }[];
  /** A new one, or one that is undone. */
  readonly match?: { readonly next: Match; readonly before?: Match };
  readonly refund?: Refund;
}

/** A match that was made or undone, ready to be written. */
export function decidedOf(
  { receipt, invoices, match }: Applied,
  before: { readonly receipt: Receipt; readonly invoices: ReadonlyMap<string, Invoice>; readonly match?: Match },
): DecidedReceipt {
  return {
    receipt: { next: receipt, before: before.receipt },
    invoices: invoices.map((next) => {
      const read = before.invoices.get(next.id);
      if (!read) throw new Error(`The invoice ${next.id} was decided on and not read.`);
      return { next, before: read };
    }),
    match: { next: match, ...(before.match && { before: before.match }) },
  };
}
