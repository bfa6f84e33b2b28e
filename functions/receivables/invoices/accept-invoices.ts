import pLimit from 'p-limit';
import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import { partsOf } from '../../../shared/objects/parts.ts';
import { customerIdOf, invoiceIdOf } from '../keys.ts';
import { problems } from '../problems.ts';
import type { ReceivablesStore } from '../store.ts';
import { invoicesPerWriteMax } from '../store-invoices.ts';
import type { Invoice } from './invoice.ts';
import {
  type InvoicePlan,
  type InvoiceWorld,
  isSameInvoice,
  type LineFault,
  numberTaken,
  type PlannedInvoice,
  planInvoices,
} from './plan-invoices.ts';
import type { AskedInvoice, ReadLine, SentLines } from './read-line.ts';

/** Transactions that are under way at once. */
const writesAtOnceMax = 4;

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
 * @throws Problem `receivables/lines-refused`; those of decideAndWrite, and then some lines may be recorded: sent again, it
 * goes on.
 */
export async function acceptInvoices(
  store: ReceivablesStore,
  tenant: string,
  { lines, nameOf, atomic }: SentLines & { readonly atomic: boolean },
  on: { readonly at: string; readonly cause: Cause },
): Promise<AcceptedInvoices> {
  const plan = await planLines(store, tenant, lines, on);
  const told = (fault: LineFault): LineFault => ({ ...fault, field: nameOf?.get(fault.field) ?? fault.field });
  if (atomic) requireNone(plan.faults.map(told));
  const fresh = plan.accepted.filter(({ known }) => !known);
  await store.writePointers(fresh.map(({ invoice }) => invoice));
  const lost = await keepAll(store, tenant, fresh);
  const isLost = new Set(lost.map(({ line }) => line));
  return {
    accepted: plan.accepted.filter(({ line }) => !isLost.has(line)),
    faults: [...plan.faults, ...lost].map(told).sort((one, other) => one.line - other.line),
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

/** Records invoices; answers those whose number another writer took first, with other content. */
async function keepAll(
  store: ReceivablesStore,
  tenant: string,
  fresh: readonly PlannedInvoice[],
): Promise<LineFault[]> {
  const limit = pLimit(writesAtOnceMax);
  const parts = partsOf(fresh, invoicesPerWriteMax);
  const lost = await Promise.all(parts.map((part) => limit(() => keepPart(store, tenant, part))));
  return lost.flat();
}

async function keepPart(
  store: ReceivablesStore,
  tenant: string,
  part: readonly PlannedInvoice[],
): Promise<LineFault[]> {
  const ids = part.map(({ invoice }) => invoice.id);
  let tries = 0;
  const there = await decideAndWrite(async () => {
    // When it was planned none was there; another, or an earlier try without an answer, may have been faster.
    const found = tries++ === 0 ? new Map<string, Invoice>() : await store.readInvoices(tenant, ids);
    const rest = part.filter(({ invoice }) => !found.has(invoice.id)).map(({ invoice }) => invoice);
    return { answer: found, ...(rest.length > 0 && { write: () => store.keepInvoices(rest) }) };
  });
  return part.flatMap(({ line, invoice }) => {
    const other = there.get(invoice.id);
    return other && !isSameInvoice(other, invoice) ? [{ line, ...numberTaken(other) }] : [];
  });
}

function requireNone(faults: readonly LineFault[]): void {
  if (faults.length === 0) return;
  const detail = `${faults.length} faults; with \`atomic\` all lines are accepted or none.`;
  throw problems['lines-refused'].with({ detail, lines: faults.slice(0, faultsToldMax) });
}
