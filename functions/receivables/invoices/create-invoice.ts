import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { type KeyClaim, requireSameRequest } from '../../../shared/http/key-claim.ts';
import { problems } from '../problems.ts';
import type { ReceivablesStore } from '../store.ts';
import { planLines } from './accept-invoices.ts';
import type { Invoice } from './invoice.ts';
import type { LineFault } from './plan-invoices.ts';
import type { AskedInvoice } from './read-line.ts';

/**
 * Records one invoice. The same number with the same content answers the one that is there. Problems:
 * `receivables/customer-not-found`, `receivables/book-not-found`, `receivables/invoice-number-taken`,
 * `request/idempotency-key-reused`; and those of decideAndWrite.
 */
export async function createInvoice(
  store: ReceivablesStore,
  tenant: string,
  asked: AskedInvoice,
  claim: KeyClaim,
): Promise<Invoice> {
  return decideAndWrite(async () => {
    const earlier = await requireSameRequest(store, tenant, claim);
    const { accepted, faults } = await planLines(store, tenant, [{ line: 1, asked }], claim);
    const [planned] = accepted;
    if (!planned) throw refusal(faults);
    const { invoice, known } = planned;
    if (known) return { answer: invoice, ...(!earlier && { write: () => store.noteKey(tenant, claim) }) };
    await store.writePointers([invoice]);
    return { answer: invoice, write: () => store.createInvoice(invoice, claim) };
  });
}

const problemOf = {
  CUSTOMER_NOT_FOUND: problems['customer-not-found'],
  BOOK_NOT_FOUND: problems['book-not-found'],
  NUMBER_TAKEN: problems['invoice-number-taken'],
} as const;

/** The first fault names the problem; all are told with their fields. */
function refusal(faults: readonly LineFault[]) {
  const [{ code, detail } = { code: 'MALFORMED', detail: '' }] = faults;
  const problem = problemOf[code as keyof typeof problemOf];
  const errors = faults.map((fault) => ({ pointer: `/${fault.field}`, detail: fault.detail }));
  return problem.with({ detail }).at(...errors);
}
