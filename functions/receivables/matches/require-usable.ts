import { presentAmount } from '../../../shared/money/present.ts';
import { type Invoice, openOf } from '../invoices/invoice.ts';
import type { Allocation } from '../matching/decision.ts';
import { problems } from '../problems.ts';
import { type Receipt, unappliedOf } from '../receipts/receipt.ts';
import { cashOf, clearedBy } from './match.ts';
import { fromUnapplied, type Use } from './use.ts';

/** Invoices that one match pays, at most: with the receipt and the match they are written in one transaction. */
export const invoicesPerMatchMax = 90;

/** Matches ever made of one receipt, at most. */
export const matchesPerReceiptMax = 200;

export interface Payment {
  readonly invoice: Invoice;
  readonly allocation: Allocation;
}

/**
 * What a use pays, once it is sure that it may: never beyond the receipt or what is open of an invoice, never across
 * currencies, legal entities or customers. Problems: `receivables/match-empty`, `match-too-large`, `invoice-twice`,
 * `invoice-not-found`, `other-currency`, `other-legal-entity`, `other-customer`, `invoice-exceeded`, `receipt-exceeded`,
 * `on-account-exceeded`.
 */
export function requireUsable(receipt: Receipt, invoices: ReadonlyMap<string, Invoice>, use: Use): Payment[] {
  requireForm(receipt, use);
  const paid = use.allocations.map((allocation, place) => paymentOf(receipt, invoices, use, { allocation, place }));
  requireMoney(receipt, use);
  return paid;
}

/** Amounts below zero come from no caller: contracts and the engine refuse them. */
function requireForm(receipt: Receipt, { allocations, onAccount, fromOnAccount }: Use): void {
  const amounts = [onAccount, fromOnAccount, ...allocations.flatMap((one) => [one.cash, one.discount, one.charge])];
  if (amounts.some((amount) => amount < 0n)) throw new RangeError('A match moves no amount below zero.');
  if (onAccount > 0n && fromOnAccount > 0n) throw new RangeError('A match puts on account or takes from there.');
  if (fromOnAccount > cashOf({ allocations })) throw new RangeError('What is taken from on account pays invoices.');
  if (allocations.length === 0 && onAccount === 0n) {
    throw problems['match-empty'].with({ detail: 'Neither an invoice is paid nor anything put on account.' });
  }
  if (allocations.length > invoicesPerMatchMax || receipt.matchesMade >= matchesPerReceiptMax) {
    const detail = `A match pays ${invoicesPerMatchMax} invoices at most, and a receipt has ${matchesPerReceiptMax} matches at most.`;
    throw problems['match-too-large'].with({ detail, invoices: allocations.length, matches: receipt.matchesMade });
  }
  requireOnce(allocations.map(({ invoiceId }) => invoiceId));
}

function paymentOf(
  receipt: Receipt,
  invoices: ReadonlyMap<string, Invoice>,
  { customerId }: Use,
  { allocation, place }: { readonly allocation: Allocation; readonly place: number },
): Payment {
  const { invoiceId } = allocation;
  const at = (detail: string) => ({ pointer: `/invoices/${place}`, detail });
  const invoice = requireInvoice(receipt, invoices, invoiceId, at);
  if (invoice.customerId !== customerId) {
    const detail = `The invoice ${invoiceId} is of the customer ${invoice.customerId}, not of ${customerId}.`;
    throw problems['other-customer'].with({ detail, invoiceId, customerId: invoice.customerId }).at(at(detail));
  }
  const cleared = clearedBy(allocation);
  const open = openOf(invoice);
  if (cleared > 0n && cleared <= open) return { invoice, allocation };
  const show = (minor: bigint) => presentAmount(minor, invoice.currency);
  const detail = `Of the invoice ${invoiceId} ${show(open).amount} ${invoice.currency} is open; ${show(cleared).amount} would clear it.`;
  const facts = { invoiceId, open: show(open), required: show(cleared) };
  throw problems['invoice-exceeded'].with({ detail, ...facts }).at(at(detail));
}

type At = (detail: string) => { readonly pointer: string; readonly detail: string };

function requireInvoice(receipt: Receipt, invoices: ReadonlyMap<string, Invoice>, invoiceId: string, at: At): Invoice {
  const invoice = invoices.get(invoiceId);
  if (!invoice) {
    const detail = `There is no invoice ${invoiceId}.`;
    throw problems['invoice-not-found'].with({ detail, invoiceId }).at(at(detail));
  }
  requireSameBook(receipt, invoice, at);
  return invoice;
}

/**
 * Invoices that somebody named without amounts: each there, with something open, of the receipt's currency and legal entity, and
 * all of one customer. Problems: `receivables/invoice-not-found`, `invoice-twice`, `invoice-exceeded`, `other-currency`,
 * `other-legal-entity`, `other-customer`.
 */
export function requireNamed(
  receipt: Receipt,
  invoices: ReadonlyMap<string, Invoice>,
  invoiceIds: readonly string[],
): Invoice[] {
  requireOnce(invoiceIds);
  const named = invoiceIds.map((invoiceId, place) => {
    const at = (detail: string) => ({ pointer: `/invoices/${place}`, detail });
    const invoice = requireInvoice(receipt, invoices, invoiceId, at);
    if (openOf(invoice) > 0n) return invoice;
    const detail = `Of the invoice ${invoiceId} nothing is open.`;
    const open = presentAmount(0n, invoice.currency);
    throw problems['invoice-exceeded'].with({ detail, invoiceId, open }).at(at(detail));
  });
  const place = named.findIndex(({ customerId }) => customerId !== named[0]?.customerId);
  const other = named[place];
  if (!other) return named;
  const detail = `The invoice ${other.id} is of the customer ${other.customerId}, the first one of ${named[0]?.customerId}.`;
  const facts = { invoiceId: other.id, customerId: other.customerId };
  throw problems['other-customer'].with({ detail, ...facts }).at({ pointer: `/invoices/${place}`, detail });
}

function requireOnce(ids: readonly string[]): void {
  const place = ids.findIndex((id, at) => ids.indexOf(id) < at);
  const twice = ids[place];
  if (twice === undefined) return;
  const detail = `The invoice ${twice} is named twice.`;
  throw problems['invoice-twice'].with({ detail, invoiceId: twice }).at({ pointer: `/invoices/${place}`, detail });
}

function requireSameBook(receipt: Receipt, invoice: Invoice, at: At): void {
  const invoiceId = invoice.id;
  if (invoice.currency !== receipt.currency) {
    const detail = `The invoice ${invoiceId} is in ${invoice.currency}, the receipt in ${receipt.currency}.`;
    throw problems['other-currency'].with({ detail, invoiceId, currency: invoice.currency }).at(at(detail));
  }
  if (invoice.legalEntity === receipt.legalEntity) return;
  const detail = `The invoice ${invoiceId} is of ${invoice.legalEntity}, the receipt came to ${receipt.legalEntity}.`;
  throw problems['other-legal-entity'].with({ detail, invoiceId, legalEntity: invoice.legalEntity }).at(at(detail));
}

function requireMoney(receipt: Receipt, use: Use): void {
  const { id: receiptId, currency, onAccount } = receipt;
  const show = (minor: bigint) => presentAmount(minor, currency);
  const required = fromUnapplied(use);
  const available = unappliedOf(receipt);
  if (required > available) {
    const detail = `Of the receipt ${receiptId} ${show(available).amount} ${currency} is not used; ${show(required).amount} is asked for.`;
    throw problems['receipt-exceeded'].with({ detail, available: show(available), required: show(required) });
  }
  if (use.fromOnAccount > onAccount) {
    const detail = `Of the receipt ${receiptId} ${show(onAccount).amount} ${currency} is on account; ${show(use.fromOnAccount).amount} is asked for.`;
    const facts = { available: show(onAccount), required: show(use.fromOnAccount) };
    throw problems['on-account-exceeded'].with({ detail, ...facts });
  }
  const isOfOther = onAccount > 0n && receipt.customerId !== use.customerId;
  if (!isOfOther || (use.onAccount === 0n && use.fromOnAccount === 0n)) return;
  const detail = `What the receipt ${receiptId} has on account belongs to the customer ${receipt.customerId}.`;
  throw problems['other-customer'].with({ detail, ...(receipt.customerId && { customerId: receipt.customerId }) });
}
