import pLimit from 'p-limit';
import type { Cause } from '../../../shared/http/cause.ts';
import { customerIdOf, invoiceIdOf } from '../keys.ts';
import { problems } from '../problems.ts';
import type { ReceivablesStore } from '../store.ts';
import {
  type InvoicePlan,
  type InvoiceWorld,
  isSameInvoice,
  type LineFault,
  numberTaken,
  type PlannedInvoice,
  planInvoices,
} from './plan-invoices.ts';
import type { AskedInvoice, ReadLine } from './read-line.ts';

/** Invoices that are written at once. */
const writesAtOnceMax = 32;

/** Faults that are told when a batch is refused as a whole, at most. */
const faultsToldMax = 200;

export interface AcceptedInvoices {
  readonly accepted: readonly PlannedInvoice[];
  readonly faults: readonly LineFault[];
}

/**
 * Records the invoices of lines that can be accepted; the others harm none. What is there already with the same content is
 * accepted and left as it is, so a batch that broke off is sent again and goes on. What leads to an invoice is written
 * before it, so that none is there that cannot be found.
 *
 * With `atomic` every line is looked at before the first is written, and one fault refuses all. Only where another records
 * one of the numbers with other content at the same moment is that told when others are written.
 *
 * @throws Problem `receivables/lines-refused`
 */
export async function acceptInvoices(
  store: ReceivablesStore,
  tenant: string,
  { lines, atomic }: { readonly lines: readonly ReadLine[]; readonly atomic: boolean },
  on: { readonly at: string; readonly cause: Cause },
): Promise<AcceptedInvoices> {
  const plan = await planLines(store, tenant, lines, on);
  if (atomic) requireNone(plan.faults);
  const fresh = plan.accepted.filter(({ known }) => !known);
  await store.writePointers(fresh.map(({ invoice }) => invoice));
  const limit = pLimit(writesAtOnceMax);
  const kept = await Promise.all(
    fresh.map((planned) => limit(async () => ((await store.keepInvoice(planned.invoice)) ? [] : [planned]))),
  );
  const lost = await lostTo(store, tenant, kept.flat());
  const isLost = new Set(lost.map(({ line }) => line));
  return {
    accepted: plan.accepted.filter(({ line }) => !isLost.has(line)),
    faults: [...plan.faults, ...lost].sort((one, other) => one.line - other.line),
  };
}

/** Reads what lines are about, and looks at them. */
export async function planLines(
  store: Pick<ReceivablesStore, 'readCustomers' | 'readBooks' | 'readInvoices'>,
  tenant: string,
  lines: readonly ReadLine[],
  on: { readonly at: string; readonly cause: Cause },
): Promise<InvoicePlan> {
  const asked = lines.flatMap((line) => line.asked ?? []);
  const [customers, books, invoices] = await Promise.all([
    store.readCustomers(tenant, customerIds(tenant, asked)),
    store.readBooks(tenant, asked),
    store.readInvoices(
      tenant,
      asked.map(({ legalEntity, number }) => invoiceIdOf(tenant, legalEntity, number)),
    ),
  ]);
  const nameOf = (legalEntity: string, currency: string) => `${currency} ${legalEntity}`;
  const booked = new Set(books.map(({ legalEntity, currency }) => nameOf(legalEntity, currency)));
  const world: InvoiceWorld = {
    tenant,
    hasCustomer: (customerId) => customers.has(customerId),
    hasBook: (legalEntity, currency) => booked.has(nameOf(legalEntity, currency)),
    invoiceOf: (invoiceId) => invoices.get(invoiceId),
  };
  return planInvoices(lines, world, on);
}

function customerIds(tenant: string, asked: readonly AskedInvoice[]): string[] {
  return asked.map(({ customerId = '', customerNumber }) =>
    customerNumber === undefined ? customerId : customerIdOf(tenant, customerNumber),
  );
}

/** Those whose number another writer took first, with other content. */
async function lostTo(
  store: ReceivablesStore,
  tenant: string,
  unkept: readonly PlannedInvoice[],
): Promise<LineFault[]> {
  const found = await store.readInvoices(
    tenant,
    unkept.map(({ invoice }) => invoice.id),
  );
  return unkept.flatMap(({ line, invoice }) => {
    const other = found.get(invoice.id);
    return other && !isSameInvoice(other, invoice) ? [{ line, ...numberTaken(other) }] : [];
  });
}

function requireNone(faults: readonly LineFault[]): void {
  if (faults.length === 0) return;
  const detail = `${faults.length} faults; with \`atomic\` all lines are accepted or none.`;
  throw problems['lines-refused'].with({ detail, lines: faults.slice(0, faultsToldMax) });
}
