import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { DiscountTerms } from '../matching/open-item.ts';

/** An invoice: what a customer owes. Minor units. */
export interface Invoice {
  readonly tenant: string;
  /** Derived from the legal entity and the number: there is one of each. */
  readonly id: string;
  readonly legalEntity: string;
  readonly number: string;
  readonly customerId: string;
  readonly currency: CurrencyCode;
  /** What it was issued for. */
  readonly amount: bigint;
  /** Of it: taken back by credit notes, cleared by receipts with discounts and charges, written off. */
  readonly credited: bigint;
  readonly cleared: bigint;
  readonly writtenOff: bigint;
  readonly issuedOn: PlainDate;
  readonly dueOn: PlainDate;
  readonly discount?: DiscountTerms;
  readonly references: Readonly<Record<string, string>>;
  readonly description?: string;
  readonly dispute?: { readonly reason: string; readonly since: string };
  readonly createdAt: string;
  readonly changedAt: string;
  readonly revision: number;
  readonly cause: Cause;
}

export type InvoiceState = 'OPEN' | 'PART_PAID' | 'PAID' | 'CREDITED' | 'WRITTEN_OFF' | 'DISPUTED';

/** What is left to pay. Minor units, never below zero. */
export function openOf({ amount, credited, cleared, writtenOff }: Invoice): bigint {
  return amount - credited - cleared - writtenOff;
}

/** DISPUTED while something is open in dispute; with nothing open, how most of it ended: written off, credited, or paid. */
export function invoiceState(invoice: Invoice): InvoiceState {
  if (openOf(invoice) > 0n) {
    if (invoice.dispute) return 'DISPUTED';
    return invoice.cleared > 0n ? 'PART_PAID' : 'OPEN';
  }
  if (invoice.writtenOff > 0n) return 'WRITTEN_OFF';
  return invoice.cleared > 0n ? 'PAID' : 'CREDITED';
}

/** Something that makes an invoice smaller without money: a credit note (红字发票) or a write-off. Never changes. */
export interface InvoiceReduction {
  readonly tenant: string;
  readonly id: string;
  readonly kind: 'CREDIT_NOTE' | 'WRITE_OFF';
  readonly invoiceId: string;
  readonly customerId: string;
  readonly legalEntity: string;
  readonly currency: CurrencyCode;
  readonly amount: bigint;
  /** The tenant's number of a credit note. */
  readonly number?: string;
  readonly reason: string;
  readonly date: PlainDate;
  readonly at: string;
  readonly cause: Cause;
}
