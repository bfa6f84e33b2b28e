import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { type Decided, decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { writeLog } from '../../../shared/http/log.ts';
import { type Invoice, openOf } from '../invoices/invoice.ts';
import { type Match, matchesLookedAtMax } from '../matches/match.ts';
import { changed, type Step } from '../matches/step.ts';
import { matching } from '../matches/write-decisions.ts';
import { type Receipt, unappliedOf } from '../receipts/receipt.ts';
import type { ReceivablesStore } from '../store.ts';

/**
 * That receipts paid too little (SHORT_PAID) is settled once nothing is open of any invoice that they paid, be it paid, credited or
 * written off; and waits again, with whoever had it and since when, once a match was undone and something is open again.
 * `invoices` are those of a tenant of which that changed. Of one that is closed the latest matches are looked through; of one that
 * is open all since it is there, for what is settled is in no list. Asked again, it changes nothing.
 */
export async function reviewShortPaid(
  store: ReceivablesStore,
  tenant: string,
  invoices: readonly Invoice[],
  now: Date,
): Promise<void> {
  for (const [customerId, ofCustomer] of Map.groupBy(invoices, (invoice) => invoice.customerId)) {
    const [open, closed] = [ofCustomer.filter(isOpen), ofCustomer.filter((invoice) => !isOpen(invoice))];
    if (open.length > 0) await reviewSince(store, { tenant, customerId, open }, now);
    if (closed.length === 0) continue;
    await reviewPaidBy(store, closed, await store.listMatchesOf(tenant, customerId, matchesLookedAtMax), now);
  }
}

async function reviewSince(
  store: ReceivablesStore,
  {
    tenant,
    customerId,
    open,
  }: { readonly tenant: string; readonly customerId: string; readonly open: readonly Invoice[] },
  now: Date,
): Promise<void> {
  const [since = ''] = open.map(({ createdAt }) => businessDateOf(new Date(createdAt))).sort();
  const take = (matches: readonly Match[]) => reviewPaidBy(store, open, matches, now);
  if (await store.forMatchesSince(tenant, { customerId, since }, take)) return;
  const message = 'more happened with a customer than is looked through for receipts that paid too little';
  writeLog({ level: 'WARN', message, tenant, customerId, since });
}

async function reviewPaidBy(
  store: ReceivablesStore,
  invoices: readonly Invoice[],
  matches: readonly Match[],
  now: Date,
): Promise<void> {
  const ids = new Set(invoices.map(({ id }) => id));
  const paidBy = matches.filter((match) => !match.undone && match.allocations.some((one) => ids.has(one.invoiceId)));
  const receiptIds = [...new Set(paidBy.map(({ receiptId }) => receiptId))];
  const [tenant = ''] = invoices.map((invoice) => invoice.tenant);
  for (const receipt of (await store.readReceipts(tenant, receiptIds)).values()) await review(store, receipt, now);
}

/** What is reviewed together. */
const perPage = 100;

/**
 * Settles whatever receipt of a tenant waits because it paid too little though nothing is open of what it paid, and has those wait
 * again that are settled and paid what is open: what reviewShortPaid did not find, or not yet. Asked again, it changes nothing.
 */
export async function reviewAllShortPaid(store: ReceivablesStore, tenant: string, now: Date): Promise<void> {
  let after: string | undefined;
  do {
    const page = await store.listExceptions(tenant, 'SHORT_PAID', { after, count: perPage });
    for (const receipt of page.receipts) await review(store, receipt, now);
    after = page.next;
  } while (after !== undefined);
  do {
    const page = await store.listOpenInvoices(tenant, { after, count: perPage });
    const partPaid = page.invoices.filter(({ cleared }) => cleared > 0n);
    await reviewShortPaid(store, tenant, partPaid, now);
    after = page.next;
  } while (after !== undefined);
}

function isOpen(invoice: Invoice): boolean {
  return openOf(invoice) > 0n;
}

async function review(store: ReceivablesStore, receipt: Receipt, now: Date): Promise<void> {
  if (!isConcerned(receipt)) return;
  const step = { at: now.toISOString(), cause: { ...matching, requestId: receipt.id } };
  // An invoice that changed while the receipt was written is seen by looking again.
  while (await decideAndWrite(() => reviewed(store, receipt, step)));
}

/** All of its money has its place, and all that it waits for, or would, is that it paid too little. */
function isConcerned(receipt: Receipt): boolean {
  const { exception = receipt.settled } = receipt;
  return exception?.reason === 'SHORT_PAID' && unappliedOf(receipt) === 0n;
}

/** Answers whether there was anything to change. */
async function reviewed(
  store: ReceivablesStore,
  { tenant, id }: Receipt,
  step: Omit<Step, 'date'>,
): Promise<Decided<boolean>> {
  const before = await store.readReceipt(tenant, id);
  if (!before || !isConcerned(before)) return { answer: false };
  const waits = await paysWhatIsOpen(store, before);
  if (waits === (before.exception !== undefined)) return { answer: false };
  const { exception, settled, ...rest } = changed<Receipt>(before, {}, step);
  const next: Receipt = {
    ...rest,
    ...(exception && { settled: exception }),
    ...(!exception && settled && { exception: settled }),
  };
  return { answer: true, write: () => store.replaceReceipt(next, before) };
}

async function paysWhatIsOpen(store: ReceivablesStore, receipt: Receipt): Promise<boolean> {
  const matches = (await store.readMatches([receipt])).get(receipt.id) ?? [];
  const paid = matches.filter(({ undone }) => !undone).flatMap(({ allocations }) => allocations);
  const invoices = await store.readInvoices(
    receipt.tenant,
    paid.map(({ invoiceId }) => invoiceId),
  );
  return [...invoices.values()].some(isOpen);
}
