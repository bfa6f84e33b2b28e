import { defined } from '../../../shared/objects/defined.ts';
import type { Customer } from '../customers/customer.ts';
import { type Invoice, openOf } from '../invoices/invoice.ts';
import type { ClearedInvoice, OpenInvoice, OpenReceipt, PayingCustomer } from '../matching/open-item.ts';
import { type Receipt, unappliedOf } from '../receipts/receipt.ts';
import type { Match } from './match.ts';

/** A receipt as matching sees it: what is not used of it. */
export function openReceiptOf(receipt: Receipt): OpenReceipt {
  const { id, legalEntity, currency, paidOn, payer, virtualAccountKey, texts, references } = receipt;
  const { name, accountKey, account } = payer;
  const who = { payer: defined({ name, accountKey, account }), ...defined({ virtualAccountKey }) };
  return { id, legalEntity, currency, amount: unappliedOf(receipt), paidOn, ...who, texts, references };
}

/** A customer as matching sees it: who it is, and what it has of its own. */
export function payingCustomerOf({ id, names, accountKeys, tolerance, threshold }: Customer): PayingCustomer {
  return { id, names, accountKeys, ...defined({ tolerance, threshold }) };
}

/** An invoice with something open, as matching sees it. */
export function openInvoiceOf(invoice: Invoice): OpenInvoice {
  const { discount, dispute } = invoice;
  return { ...factsOf(invoice), open: openOf(invoice), ...defined({ discount }), disputed: dispute !== undefined };
}

/** A paid one, with what paid it. */
export function clearedInvoiceOf(
  invoice: Invoice,
  matches: readonly Match[],
  receipts: ReadonlyMap<string, Receipt>,
): ClearedInvoice {
  const paidBy = matches.filter(({ allocations }) => allocations.some(({ invoiceId }) => invoiceId === invoice.id));
  const payments = [...new Set(paidBy.map(({ receiptId }) => receiptId))].flatMap((id) => receipts.get(id) ?? []);
  return {
    ...factsOf(invoice),
    payments: payments.map(({ id, amount, paidOn, payer: { name, accountKey } }) => ({
      ...{ id, amount, paidOn },
      payer: defined({ name, accountKey }),
    })),
  };
}

function factsOf({ amount, credited, ...invoice }: Invoice) {
  const { id, customerId, legalEntity, number, currency, issuedOn, dueOn, references } = invoice;
  return { id, customerId, legalEntity, number, currency, amount: amount - credited, issuedOn, dueOn, references };
}
