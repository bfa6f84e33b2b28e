import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { type KeyClaim, requireSameRequest } from '../../../shared/http/key-claim.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { problems } from '../problems.ts';
import type { ReceivablesStore } from '../store.ts';
import { disputeInvoice, type InvoiceChange, type On, reduceInvoice, resolveDispute } from './change-invoice.ts';
import type { Invoice, InvoiceReduction } from './invoice.ts';

/** Which invoice it is. */
export interface InvoiceName {
  readonly tenant: string;
  readonly invoiceId: string;
}

/** Problem: `receivables/invoice-not-found`. */
export async function findInvoice(
  store: Pick<ReceivablesStore, 'readInvoice'>,
  { tenant, invoiceId }: InvoiceName,
): Promise<Invoice> {
  const invoice = await store.readInvoice(tenant, invoiceId);
  if (invoice) return invoice;
  throw problems['invoice-not-found'].with({ detail: `There is no invoice ${invoiceId}.`, invoiceId });
}

/** Problems: `receivables/invoice-not-found`, `receivables/invoice-state`; and those of decideAndWrite. */
export function putInDispute(store: ReceivablesStore, which: InvoiceName, reason: string, on: On): Promise<Invoice> {
  return change(store, which, (invoice) => disputeInvoice(invoice, reason, on));
}

/** Asked twice, it changes nothing the second time. Problems: `receivables/invoice-not-found`; and those of decideAndWrite. */
export function endDispute(store: ReceivablesStore, which: InvoiceName, on: On): Promise<Invoice> {
  return change(store, which, (invoice) => resolveDispute(invoice, on));
}

function change(
  store: ReceivablesStore,
  which: InvoiceName,
  decide: (invoice: Invoice) => InvoiceChange,
): Promise<Invoice> {
  return decideAndWrite(async () => {
    const before = await findInvoice(store, which);
    const next = nextOf(before, decide(before));
    return { answer: next, ...(next !== before && { write: () => store.replaceInvoice(next, before) }) };
  });
}

/** @throws Problem `receivables/invoice-state`, `receivables/above-open` */
function nextOf(before: Invoice, decision: InvoiceChange): Invoice {
  const { id: invoiceId, currency } = before;
  switch (decision.outcome) {
    case 'CHANGED':
    case 'UNCHANGED':
      return decision.invoice;
    case 'NOT_OPEN': {
      const { state } = decision;
      const detail = `Nothing of the invoice ${invoiceId} is open: it is ${state}.`;
      throw problems['invoice-state'].with({ detail, invoiceId, state });
    }
    case 'ABOVE_OPEN': {
      const open = presentAmount(decision.open, currency);
      const detail = `Of the invoice ${invoiceId} ${open.amount} ${currency} is open.`;
      throw problems['above-open'].with({ detail, invoiceId, open }).at({ pointer: '/amount/amount', detail });
    }
  }
}

/** A credit note or write-off before the invoice is known that it is of. */
export type AskedReduction = Pick<InvoiceReduction, 'kind' | 'currency' | 'amount' | 'number' | 'reason' | 'date'>;

/**
 * Makes an invoice smaller by a credit note or a write-off, once: the same key, and the same number of a credit note with
 * the same content, answer what stands.
 *
 * Problems: `receivables/invoice-not-found`, `receivables/invoice-state`, `receivables/above-open`,
 * `receivables/credit-note-number-taken`, `receivables/reduction-refused`, `request/idempotency-key-reused`; and those of
 * decideAndWrite.
 */
export async function reduce(
  store: ReceivablesStore,
  which: InvoiceName,
  asked: AskedReduction,
  idOf: (invoice: Invoice) => string,
  claim: KeyClaim,
): Promise<Invoice> {
  const { tenant } = which;
  return decideAndWrite(async () => {
    const before = await findInvoice(store, which);
    const noted = await requireSameRequest(store, tenant, claim);
    if (noted) return { answer: before };
    const id = idOf(before);
    const keyed = { ...claim, id };
    if (await isNoted(store, before, asked)) {
      return { answer: before, write: () => store.noteKey(tenant, keyed) };
    }
    requireFit(before, asked);
    const next = nextOf(before, reduceInvoice(before, asked, claim));
    const { id: invoiceId, customerId, legalEntity } = before;
    const { at, cause } = claim;
    const reduction: InvoiceReduction = { tenant, id, ...asked, invoiceId, customerId, legalEntity, at, cause };
    return { answer: next, write: () => store.reduceInvoice(next, before, reduction, keyed) };
  });
}

/** Whether the credit note is there already. Problem: `receivables/credit-note-number-taken` where it says something else. */
async function isNoted(store: ReceivablesStore, invoice: Invoice, asked: AskedReduction): Promise<boolean> {
  const { tenant, id, legalEntity } = invoice;
  const { number, amount, currency, reason, date } = asked;
  const other = number === undefined ? undefined : await store.readCreditNote(tenant, legalEntity, number);
  if (!other) return false;
  const isSame =
    other.invoiceId === id &&
    other.amount === amount &&
    other.currency === currency &&
    other.reason === reason &&
    other.date === date;
  if (isSame) return true;
  const detail = `The credit note ${number} is of the invoice ${other.invoiceId} and says something else.`;
  throw problems['credit-note-number-taken']
    .with({ detail, creditNoteId: other.id, invoiceId: other.invoiceId })
    .at({ pointer: '/number', detail });
}

function requireFit({ currency, issuedOn }: Invoice, asked: AskedReduction): void {
  const faults = [
    ...(asked.currency === currency
      ? []
      : [{ pointer: '/amount/currency', detail: `The invoice is in ${currency}; send an amount in it.` }]),
    ...(asked.date < issuedOn
      ? [{ pointer: '/issuedOn', detail: `The invoice was issued on ${issuedOn}; send that day or a later one.` }]
      : []),
  ];
  const [first] = faults;
  if (first) throw problems['reduction-refused'].with({ detail: first.detail }).at(...faults);
}
