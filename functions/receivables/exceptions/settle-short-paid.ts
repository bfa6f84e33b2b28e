import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { type Invoice, openOf } from '../invoices/invoice.ts';
import { changed, type Step } from '../matches/step.ts';
import { matching } from '../matches/write-decisions.ts';
import { type Receipt, unappliedOf } from '../receipts/receipt.ts';
import type { ReceivablesStore } from '../store.ts';

/** Matches of one customer that are looked through for what paid an invoice, the latest first. */
const matchesLookedAtMax = 200;

/**
 * Settles that receipts paid too little (SHORT_PAID), once nothing is open of any invoice that they paid, be it paid, credited or
 * written off. `invoices` are those of a tenant of which nothing is open any more. Asked again, it changes nothing.
 */
export async function settleShortPaid(
  store: ReceivablesStore,
  tenant: string,
  invoices: readonly Invoice[],
  now: Date,
): Promise<void> {
  for (const [customerId, ofCustomer] of Map.groupBy(invoices, (invoice) => invoice.customerId)) {
    const ids = new Set(ofCustomer.map(({ id }) => id));
    const matches = await store.listMatchesOf(tenant, customerId, matchesLookedAtMax);
    const paidBy = matches.filter((match) => !match.undone && match.allocations.some((one) => ids.has(one.invoiceId)));
    const receiptIds = [...new Set(paidBy.map(({ receiptId }) => receiptId))];
    for (const receipt of (await store.readReceipts(tenant, receiptIds)).values()) {
      if (!isShortPaid(receipt)) continue;
      const step = { at: now.toISOString(), cause: { ...matching, requestId: receipt.id } };
      await decideAndWrite(() => settled(store, receipt, step));
    }
  }
}

function isShortPaid(receipt: Receipt): boolean {
  return receipt.exception?.reason === 'SHORT_PAID' && unappliedOf(receipt) === 0n;
}

async function settled(store: ReceivablesStore, { tenant, id }: Receipt, step: Omit<Step, 'date'>) {
  const before = await store.readReceipt(tenant, id);
  if (!before || !isShortPaid(before)) return { answer: undefined };
  const matches = (await store.readMatches([before])).get(id) ?? [];
  const paid = matches.filter(({ undone }) => !undone).flatMap(({ allocations }) => allocations);
  const invoices = await store.readInvoices(
    tenant,
    paid.map(({ invoiceId }) => invoiceId),
  );
  if ([...invoices.values()].some((invoice) => openOf(invoice) > 0n)) return { answer: undefined };
  const { exception: _, ...next } = changed<Receipt>(before, {}, step);
  return { answer: undefined, write: () => store.replaceReceipt(next, before) };
}
