import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Invoice } from '../invoices/invoice.ts';
import { clearedBy } from '../matches/match.ts';
import { type Fact, stoodOn } from './fact.ts';

export interface OpenAsOf {
  readonly invoice: Invoice;
  /** Minor units, more than zero. */
  readonly open: bigint;
}

/**
 * What was open of a customer's invoices at the end of a day, by the facts up to it: those issued by then, less what had been
 * credited, written off and cleared by matches that stood.
 */
export function openAsOf(facts: readonly Fact[], day: PlainDate): OpenAsOf[] {
  const less = new Map<string, bigint>();
  const take = (invoiceId: string, amount: bigint) => less.set(invoiceId, (less.get(invoiceId) ?? 0n) + amount);
  const invoices: Invoice[] = [];
  for (const fact of facts) {
    if (fact.kind === 'INVOICE' && fact.invoice.issuedOn <= day) invoices.push(fact.invoice);
    if (fact.kind === 'REDUCTION' && fact.reduction.date <= day) take(fact.reduction.invoiceId, fact.reduction.amount);
    if (fact.kind === 'MATCH' && stoodOn(fact.match, day)) {
      for (const allocation of fact.match.allocations) take(allocation.invoiceId, clearedBy(allocation));
    }
  }
  return invoices
    .map((invoice) => ({ invoice, open: invoice.amount - (less.get(invoice.id) ?? 0n) }))
    .filter(({ open }) => open > 0n);
}
