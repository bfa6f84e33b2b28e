import { addDays } from '../../../shared/calendar/plain-date.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { sumByCurrency } from '../../../shared/money/sum.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { AcceptedInvoices } from './accept-invoices.ts';
import { type Invoice, type InvoiceReduction, invoiceState, openOf } from './invoice.ts';

/** An invoice as the API shows it. */
export function presentInvoice(invoice: Invoice) {
  const { id, legalEntity, number, customerId, currency, issuedOn, dueOn, discount, dispute } = invoice;
  const show = (minor: bigint) => presentAmount(minor, currency);
  return {
    ...{ id, legalEntity, number, customerId },
    state: invoiceState(invoice),
    amount: show(invoice.amount),
    open: show(openOf(invoice)),
    cleared: show(invoice.cleared),
    credited: show(invoice.credited),
    writtenOff: show(invoice.writtenOff),
    ...{ issuedOn, dueOn },
    ...(discount && { discount: { ...discount, until: addDays(issuedOn, discount.withinDays) } }),
    references: { ...invoice.references },
    ...defined({ description: invoice.description }),
    ...(dispute && { dispute: { ...dispute } }),
    ...{ version: invoice.revision, createdAt: invoice.createdAt, changedAt: invoice.changedAt },
  };
}

export function presentReduction(reduction: InvoiceReduction) {
  const { id, kind, amount, currency, number, reason, date, at } = reduction;
  return { id, kind, amount: presentAmount(amount, currency), ...defined({ number }), reason, date, at };
}

/** With all that made it smaller without money, in the order in which that was done. */
export function presentWhole(invoice: Invoice, reductions: readonly InvoiceReduction[]) {
  const inOrder = [...reductions].sort((one, other) => (`${one.at}${one.id}` < `${other.at}${other.id}` ? -1 : 1));
  return { ...presentInvoice(invoice), reductions: inOrder.map(presentReduction) };
}

/** Faults in one answer, at most; the others are counted. */
const faultsShownMax = 5_000;

/** What became of the lines of a batch. */
export function presentBatch(lines: number, { accepted, faults }: AcceptedInvoices) {
  const amounts = sumByCurrency(accepted.map(({ invoice: { amount, currency } }) => ({ minor: amount, currency })));
  const refused = new Set(faults.map(({ line }) => line)).size;
  return {
    lines: { sent: lines, accepted: accepted.length, refused },
    amounts: Array.from(amounts, ([currency, minor]) => presentAmount(minor, currency)),
    faults: faults.slice(0, faultsShownMax).map((fault) => ({ ...fault })),
    faultsNotShown: Math.max(0, faults.length - faultsShownMax),
  };
}
