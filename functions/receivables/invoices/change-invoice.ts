import type { Cause } from '../../../shared/http/cause.ts';
import { type Invoice, type InvoiceReduction, type InvoiceState, invoiceState, openOf } from './invoice.ts';

/** When something is done, and who does it. */
export interface On {
  readonly at: string;
  readonly cause: Cause;
}

export type InvoiceChange =
  | { readonly outcome: 'CHANGED'; readonly invoice: Invoice }
  /** It stands so already: asked twice. */
  | { readonly outcome: 'UNCHANGED'; readonly invoice: Invoice }
  | { readonly outcome: 'NOT_OPEN'; readonly state: InvoiceState }
  | { readonly outcome: 'ABOVE_OPEN'; readonly open: bigint };

/** In dispute it is suggested, never cleared by itself. Another reason takes the place of the first. */
export function disputeInvoice(invoice: Invoice, reason: string, on: On): InvoiceChange {
  if (openOf(invoice) === 0n) return { outcome: 'NOT_OPEN', state: invoiceState(invoice) };
  if (invoice.dispute?.reason === reason) return { outcome: 'UNCHANGED', invoice };
  const since = invoice.dispute?.since ?? on.at;
  return changed({ ...invoice, dispute: { reason, since } }, on);
}

export function resolveDispute(invoice: Invoice, on: On): InvoiceChange {
  const { dispute, ...facts } = invoice;
  return dispute ? changed(facts, on) : { outcome: 'UNCHANGED', invoice };
}

/** An invoice with a credit note or a write-off, up to what is open. */
export function reduceInvoice(
  invoice: Invoice,
  { kind, amount }: Pick<InvoiceReduction, 'kind' | 'amount'>,
  on: On,
): InvoiceChange {
  const open = openOf(invoice);
  if (open === 0n) return { outcome: 'NOT_OPEN', state: invoiceState(invoice) };
  if (amount <= 0n || amount > open) return { outcome: 'ABOVE_OPEN', open };
  const { credited, writtenOff } = invoice;
  return changed(
    kind === 'CREDIT_NOTE'
      ? { ...invoice, credited: credited + amount }
      : { ...invoice, writtenOff: writtenOff + amount },
    on,
  );
}

function changed(invoice: Invoice, { at, cause }: On): InvoiceChange {
  return { outcome: 'CHANGED', invoice: { ...invoice, revision: invoice.revision + 1, changedAt: at, cause } };
}
