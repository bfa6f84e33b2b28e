import { businessDateOf, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Invoice, InvoiceReduction } from '../invoices/invoice.ts';
import type { Match } from '../matches/match.ts';
import type { Receipt, Refund } from '../receipts/receipt.ts';

/** One thing that happened between a customer and us. */
export type Fact =
  | { readonly kind: 'INVOICE'; readonly invoice: Invoice }
  | { readonly kind: 'REDUCTION'; readonly reduction: InvoiceReduction }
  | { readonly kind: 'RECEIPT'; readonly receipt: Receipt }
  | { readonly kind: 'MATCH'; readonly match: Match }
  | { readonly kind: 'REFUND'; readonly refund: Refund };

/** The day on which a match was undone. */
export function undoneOn({ undone }: Match): PlainDate | undefined {
  return undone && businessDateOf(new Date(undone.at));
}

/** Whether a match had been made by the end of a day, and not undone. */
export function stoodOn(match: Match, day: PlainDate): boolean {
  const undone = undoneOn(match);
  return match.date <= day && (undone === undefined || undone > day);
}

/** Whose books a report is of; all, where nothing is named. */
export interface BookFilter {
  readonly legalEntity?: string | undefined;
  readonly currency?: string | undefined;
}

export function isOf({ legalEntity, currency }: BookFilter) {
  return (one: { readonly legalEntity: string; readonly currency: string }): boolean =>
    (legalEntity === undefined || one.legalEntity === legalEntity) &&
    (currency === undefined || one.currency === currency);
}

/** A legal entity's books in a currency. */
export interface ReportBook {
  readonly legalEntity: string;
  readonly currency: string;
}

export function bookKey({ legalEntity, currency }: ReportBook): string {
  return `${currency} ${legalEntity}`;
}
