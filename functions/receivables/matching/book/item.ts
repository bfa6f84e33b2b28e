import { addDays, type PlainDate } from '../../../../shared/calendar/plain-date.ts';
import type { ClearedInvoice, OpenInvoice } from '../open-item.ts';
import type { Payment } from './payment.ts';

/** An invoice within a run: what is left of it goes down as receipts are matched. */
export interface Item {
  readonly invoice: Omit<OpenInvoice, 'open'>;
  /** Minor units; zero once it is cleared. */
  left: bigint;
  /** The last day with the early-payment discount, where there is one. */
  readonly discountUntil: PlainDate | undefined;
  /** What paid it, in this run or before. */
  readonly payments: Payment[];
}

export function openItem({ open, ...invoice }: OpenInvoice): Item {
  const discountUntil = invoice.discount && addDays(invoice.issuedOn, invoice.discount.withinDays);
  return { invoice, left: open, discountUntil, payments: [] };
}

/** An invoice with nothing left: it is there to tell who pays it again. */
export function clearedItem({ payments, ...invoice }: ClearedInvoice, paid: readonly Payment[]): Item {
  return { invoice: { ...invoice, disputed: false }, left: 0n, discountUntil: undefined, payments: [...paid] };
}

/** By due day, then number, then id: the order in which open invoices are paid and shown. */
export function compareItems({ invoice: one }: Item, { invoice: other }: Item): number {
  return (
    compareTexts(one.dueOn, other.dueOn) || compareTexts(one.number, other.number) || compareTexts(one.id, other.id)
  );
}

export function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** What a receipt may pay: invoices of one legal entity in one currency. */
export function poolOf({ legalEntity, currency }: { legalEntity: string; currency: string }): string {
  return `${currency} ${legalEntity}`;
}
