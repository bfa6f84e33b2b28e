import { canonicalJson } from '../../../shared/http/canonical-json.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import { customerIdOf, invoiceIdOf } from '../keys.ts';
import type { Invoice } from './invoice.ts';
import type { AskedInvoice, FieldAndDetail, ReadLine } from './read-line.ts';

/** Why a line is not accepted. */
export const lineFaultCodes = [
  'MALFORMED',
  'NUMBER_TWICE',
  'CUSTOMER_NOT_FOUND',
  'BOOK_NOT_FOUND',
  'NUMBER_TAKEN',
] as const;

export interface LineFault extends FieldAndDetail {
  /** From 1: its place in the list, or its line in the file. */
  readonly line: number;
  readonly code: (typeof lineFaultCodes)[number];
}

/** What lines are looked at with. */
export interface InvoiceWorld {
  readonly tenant: string;
  readonly hasCustomer: (customerId: string) => boolean;
  readonly hasBook: (legalEntity: string, currency: string) => boolean;
  readonly invoiceOf: (invoiceId: string) => Invoice | undefined;
}

export interface PlannedInvoice {
  readonly line: number;
  readonly invoice: Invoice;
  /** It is there already, with the same content: nothing is to be written. */
  readonly known: boolean;
}

export interface InvoicePlan {
  readonly accepted: readonly PlannedInvoice[];
  /** By line. */
  readonly faults: readonly LineFault[];
}

/**
 * Which lines are accepted. A number that a line before has is a fault of the later line, whatever became of the earlier; a
 * number that an invoice has is one unless it says the same, so that a batch sent again comes to the same.
 */
export function planInvoices(
  lines: readonly ReadLine[],
  world: InvoiceWorld,
  on: { readonly at: string; readonly cause: Cause },
): InvoicePlan {
  const accepted: PlannedInvoice[] = [];
  const faults: LineFault[] = [];
  const lineOf = new Map<string, number>();
  for (const { line, asked, faults: malformed = [] } of lines) {
    faults.push(...malformed.map((fault): LineFault => ({ line, code: 'MALFORMED', ...fault })));
    if (!asked) continue;
    const invoice = invoiceOfLine(asked, world.tenant, on);
    const earlier = lineOf.get(invoice.id);
    lineOf.set(invoice.id, earlier ?? line);
    const before = world.invoiceOf(invoice.id);
    const found = earlier === undefined ? lineFaults(invoice, asked, before, world) : [numberTwice(asked, earlier)];
    if (found.length > 0) faults.push(...found.map((fault) => ({ line, ...fault })));
    else accepted.push({ line, invoice: before ?? invoice, known: before !== undefined });
  }
  return { accepted, faults };
}

type Fault = Omit<LineFault, 'line'>;

function lineFaults(
  invoice: Invoice,
  { customerNumber, customerId = '' }: AskedInvoice,
  before: Invoice | undefined,
  { hasCustomer, hasBook }: InvoiceWorld,
): Fault[] {
  const { legalEntity, currency } = invoice;
  const faults: Fault[] = [];
  if (!hasCustomer(invoice.customerId)) {
    const field = customerNumber === undefined ? 'customerId' : 'customerNumber';
    const detail = `There is no customer ${customerNumber ?? customerId}; GET /v1/customers lists yours.`;
    faults.push({ code: 'CUSTOMER_NOT_FOUND', field, detail });
  }
  if (!hasBook(legalEntity, currency)) {
    const detail = `There is no book of ${legalEntity} in ${currency}; put one with PUT /v1/receivables-books.`;
    faults.push({ code: 'BOOK_NOT_FOUND', field: 'legalEntity', detail });
  }
  if (before && !isSameInvoice(before, invoice)) faults.push(numberTaken(before));
  return faults;
}

function numberTwice({ number }: AskedInvoice, earlier: number): Fault {
  return { code: 'NUMBER_TWICE', field: 'number', detail: `Line ${earlier} has the number ${number}; send it once.` };
}

/** Of a line whose number an invoice has that says something else. */
export function numberTaken({ id, number }: Invoice): Fault {
  const detail = `The invoice ${id} has the number ${number} and says something else; correct it with a credit note.`;
  return { code: 'NUMBER_TAKEN', field: 'number', detail };
}

function invoiceOfLine(
  { customerNumber, customerId: named = '', ...content }: AskedInvoice,
  tenant: string,
  { at, cause }: { readonly at: string; readonly cause: Cause },
): Invoice {
  return {
    ...{ tenant, id: invoiceIdOf(tenant, content.legalEntity, content.number) },
    ...content,
    customerId: customerNumber === undefined ? named : customerIdOf(tenant, customerNumber),
    ...{ credited: 0n, cleared: 0n, writtenOff: 0n },
    ...{ createdAt: at, changedAt: at, revision: 1, cause },
  };
}

/** Whether two say the same, whatever has been paid of one. */
export function isSameInvoice(one: Invoice, other: Invoice): boolean {
  return textOf(one) === textOf(other);
}

function textOf(invoice: Invoice): string {
  const { legalEntity, number, customerId, currency, amount, issuedOn, dueOn } = invoice;
  const { discount, references, description } = invoice;
  const facts = { legalEntity, number, customerId, currency, amount: String(amount), issuedOn, dueOn, references };
  return canonicalJson({ ...facts, ...(discount && { discount }), ...(description !== undefined && { description }) });
}
