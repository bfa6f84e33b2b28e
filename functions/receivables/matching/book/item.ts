import { addDays, type PlainDate } from '../../../../shared/calendar/plain-date.ts';
import type { ClearedInvoice, OpenInvoice } from '../open-item.ts';
import { headedToken, referenceToken } from '../references/reference-token.ts';
import { type Payment, paymentOf } from './payment.ts';
import type { Pool } from './pool.ts';

/** An invoice within a run: what is left of it goes down as receipts are matched. */
export interface Item {
  readonly invoice: Omit<OpenInvoice, 'open'>;
  readonly pool: Pool;
  /** Its number as numbers are compared. */
  readonly token: string;
  /** And with the Chinese characters that it begins with, where it does. */
  readonly headed: string | undefined;
  /** Minor units; zero once it is cleared. */
  left: bigint;
  /** The last day with the early-payment discount, where there is one. */
  readonly discountUntil: PlainDate | undefined;
  /** What paid it, in this run or before. */
  readonly payments: Payment[];
}

export function openItem(invoice: OpenInvoice, pool: Pool): Item {
  const discountUntil = invoice.discount && addDays(invoice.issuedOn, invoice.discount.withinDays);
  return { ...numbered(invoice, pool), left: invoice.open, discountUntil, payments: [] };
}

/** An invoice with nothing left: it is there to tell who pays it again. */
export function clearedItem(invoice: ClearedInvoice, pool: Pool): Item {
  const payments = invoice.payments.map((payment) => paymentOf(payment, invoice.customerId));
  return { ...numbered({ ...invoice, disputed: false }, pool), left: 0n, discountUntil: undefined, payments };
}

function numbered(invoice: Item['invoice'], pool: Pool): Pick<Item, 'invoice' | 'pool' | 'token' | 'headed'> {
  return { invoice, pool, token: referenceToken(invoice.number), headed: headedToken(invoice.number) };
}

/** By due day, then number, then id: the order in which open invoices are paid and shown. */
export function compareItems({ invoice: one }: Item, { invoice: other }: Item): number {
  return (
    compareTexts(one.dueOn, other.dueOn) || compareTexts(one.number, other.number) || compareTexts(one.id, other.id)
  );
}

export function compareTexts(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
