import type { MatchRules } from '../../../functions/receivables/matching/match-rules.ts';
import type { DiscountTerms, OpenInvoice, PayingCustomer } from '../../../functions/receivables/matching/open-item.ts';
import { addDays, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { inFull, type TrueAllocation } from './labelled.ts';

/** The published rules of what clears an invoice, once more and in the plainest way, to judge by. */
export interface Terms {
  readonly chargeMax: bigint;
  readonly basisPointsMax: bigint;
}

export function termsFor(customer: PayingCustomer | undefined, rules: MatchRules, currency: string): Terms {
  const { chargeMax, basisPointsMax } = customer?.tolerance ?? rules.tolerance;
  return { chargeMax: chargeMax[currency] ?? 0n, basisPointsMax: BigInt(basisPointsMax) };
}

/** Half up: 2 % of 12,345.67 are 246.91. */
export function discountOn(amount: bigint, terms: DiscountTerms): bigint {
  return (amount * BigInt(terms.basisPoints) + 5_000n) / 10_000n;
}

/** What it may keep by paying on the day; zero after the last day, or where nothing is agreed. */
export function discountOf({ discount, open, issuedOn }: OpenInvoice, paidOn: PlainDate): bigint {
  return discount && paidOn <= addDays(issuedOn, discount.withinDays) ? discountOn(open, discount) : 0n;
}

/** Whether so much may be missing as a bank's charge. */
export function isCharge(missing: bigint, open: bigint, terms: Terms): boolean {
  return missing > 0n && missing <= terms.chargeMax && missing * 10_000n <= open * terms.basisPointsMax;
}

/** How the amount clears the invoice whole, if it does: to the last unit, less the discount, or less a charge. */
export function clears(
  invoice: OpenInvoice,
  amount: bigint,
  paidOn: PlainDate,
  terms: Terms,
): TrueAllocation | undefined {
  if (amount === invoice.open) return inFull(invoice);
  const discount = discountOf(invoice, paidOn);
  if (discount > 0n && amount === invoice.open - discount)
    return { invoiceId: invoice.id, cash: amount, discount, charge: 0n };
  const missing = invoice.open - amount;
  return isCharge(missing, invoice.open, terms)
    ? { invoiceId: invoice.id, cash: amount, discount: 0n, charge: missing }
    : undefined;
}

/** What a payment that names one invoice does to it: clears it, clears it and leaves money over, or pays a part. */
export function paidByName(invoice: OpenInvoice, amount: bigint, paidOn: PlainDate, terms: Terms): TrueAllocation {
  if (amount > invoice.open) return inFull(invoice);
  return clears(invoice, amount, paidOn, terms) ?? { invoiceId: invoice.id, cash: amount, discount: 0n, charge: 0n };
}
