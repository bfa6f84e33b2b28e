import { changeEventsOf } from '../../shared/events/change-event.ts';
import type { DomainEvent } from '../../shared/events/event.ts';
import type { ItemChange } from '../../shared/events/relay.ts';
import { deriveId } from '../../shared/identifiers/id.ts';
import { type Invoice, invoiceState, openOf } from './invoices/invoice.ts';
import { invoiceFromPlain, reductionFromPlain } from './invoices/invoice-items.ts';
import { presentInvoice, presentReduction } from './invoices/present-invoice.ts';

const eventOf = changeEventsOf('receivables');

/** What a change of an invoice tells the world. What made it smaller tells of itself. */
export function invoiceEvents({ item = {}, previous }: Pick<ItemChange, 'item' | 'previous'>): DomainEvent[] {
  const invoice = invoiceFromPlain(item);
  const names = previous ? changesOf(invoiceFromPlain(previous), invoice) : ['issued'];
  return names.map((name) => eventOf(`invoice-${name}`, invoice, invoice.id, presentInvoice(invoice)));
}

function changesOf(before: Invoice, after: Invoice): string[] {
  const [openBefore, open] = [openOf(before), openOf(after)];
  const isPaid = openBefore > 0n && invoiceState(after) === 'PAID';
  const isReopened = openBefore === 0n && open > 0n;
  return [
    ...(after.dispute && after.dispute.reason !== before.dispute?.reason ? ['disputed'] : []),
    ...(before.dispute && !after.dispute ? ['dispute-resolved'] : []),
    ...(isPaid ? ['paid'] : []),
    ...(isReopened ? ['reopened'] : []),
    ...(open !== openBefore && !isPaid && !isReopened ? ['open-changed'] : []),
  ];
}

/** A credit note or a write-off, told once. */
export function reductionEvents(item: Record<string, unknown>): DomainEvent[] {
  const reduction = reductionFromPlain(item);
  const { tenant, id, kind, invoiceId, customerId, legalEntity, at, cause } = reduction;
  const type = `receivables.invoice-${kind === 'CREDIT_NOTE' ? 'credited' : 'written-off'}.v1`;
  return [
    {
      id: deriveId('evt', type, tenant, id),
      type,
      tenant,
      occurredAt: at,
      subject: invoiceId,
      actor: cause,
      data: { ...{ invoiceId, customerId, legalEntity }, ...presentReduction(reduction) },
    },
  ];
}
