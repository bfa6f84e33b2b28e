import { defined } from '../../../shared/objects/defined.ts';
import { type Invoice, openOf } from '../invoices/invoice.ts';
import { referenceTokensOf } from '../invoices/reference-tokens.ts';
import { readCleared } from '../matches/gather-candidates.ts';
import { clearedBy } from '../matches/match.ts';
import { openInvoiceOf, openReceiptOf, payingCustomerOf } from '../matches/open-items-of.ts';
import { receiptTokens } from '../matches/receipt-tokens.ts';
import { type Doubts, isMatchable } from '../matches/take-decision.ts';
import type { ClearedInvoice, OpenInvoice, OpenItems, OpenReceipt, PayingCustomer } from '../matching/open-item.ts';
import type { Receipt } from '../receipts/receipt.ts';
import { type ToldBefore, toldBefore } from '../receipts/same-money.ts';
import { isOf } from '../reports/fact.ts';
import type { ReceivablesStore } from '../store.ts';
import type { Run } from './run.ts';
import { requireRoom } from './run-items-max.ts';

const perPage = 500;
const customersPerPage = 1_000;
/** Numbers that are looked up in one go. */
const tokensAtOnce = 2_000;
const idsAtOnce = 2_000;

/** All that a run goes by. */
export interface RunItems {
  readonly items: OpenItems;
  /** What receipts may be held for, by their ids; of most there is nothing. */
  readonly doubts: ReadonlyMap<string, Doubts>;
}

/**
 * Reads all that a run matches: open receipts of its scope, all open invoices and customers, and paid invoices that the receipts
 * name. Of past days, receipts as if nothing of them had been matched: what their matches cleared is open again, in memory
 * alone. Throws RunTooLargeError.
 */
export async function gatherRun(store: ReceivablesStore, run: Run): Promise<RunItems> {
  const { tenant, scope } = run;
  const { receipts, doubts, putBack } = await readReceipts(store, run);
  const invoices = await readInvoices(store, tenant, putBack);
  const customers = await readCustomers(store, tenant);
  const virtual = await store.readVirtualAccounts(
    tenant,
    receipts.flatMap((one) => one.virtualAccountKey ?? []),
  );
  const { cleared, lagging } = await readNamed(store, tenant, receipts, invoices);
  for (const invoice of lagging) invoices.set(invoice.id, invoice);
  return {
    items: {
      receipts: receipts.filter(isOf(scope)),
      invoices: [...invoices.values()],
      customers,
      virtualAccounts: [...virtual.values()].filter(({ state }) => state === 'ACTIVE'),
      cleared,
    },
    doubts,
  };
}

interface ReadReceipts extends Pick<RunItems, 'doubts'> {
  readonly receipts: readonly OpenReceipt[];
  /** What the matches of these receipts cleared, by invoice. Minor units. */
  readonly putBack: ReadonlyMap<string, bigint>;
}

async function readReceipts(store: ReceivablesStore, { tenant, scope }: Run): Promise<ReadReceipts> {
  const isPast = scope.from !== undefined || scope.to !== undefined;
  const receipts = new Map<string, OpenReceipt>();
  const doubts = new Map<string, Doubts>();
  const putBack = new Map<string, bigint>();
  let after: string | undefined;
  do {
    const page = await store.scanReceipts(tenant, isPast ? 'ALL' : 'OPEN', scope, { after, count: perPage });
    const wanted = page.receipts.filter(isOf(scope)).filter(({ id }) => !receipts.has(id));
    if (isPast) await addCleared(store, wanted, putBack);
    const told = isPast ? new Map<string, ToldBefore>() : await toldBefore(store, wanted);
    for (const receipt of wanted) {
      const open = isPast ? untouched(receipt) : receipt;
      if (!isMatchable(open)) continue;
      receipts.set(receipt.id, openReceiptOf(open));
      const { id, handled, fromOwn } = receipt;
      const before = told.get(id);
      const doubt = { before: [], ...before, ...defined({ fromOwn, handled: isPast ? undefined : handled }) };
      if (doubt.handled || fromOwn || before) doubts.set(id, doubt);
    }
    requireRoom('receipts', receipts.size);
    after = page.next;
  } while (after !== undefined);
  return { receipts: [...receipts.values()], doubts, putBack };
}

/** As if nothing of it had been matched; what went back is gone. */
function untouched(receipt: Receipt): Receipt {
  return { ...receipt, amount: receipt.amount - receipt.refunded, allocated: 0n, onAccount: 0n, refunded: 0n };
}

async function addCleared(
  store: ReceivablesStore,
  receipts: readonly Receipt[],
  putBack: Map<string, bigint>,
): Promise<void> {
  const matches = await store.readMatches(receipts);
  const standing = [...matches.values()].flat().filter(({ undone }) => !undone);
  for (const allocation of standing.flatMap(({ allocations }) => allocations)) {
    putBack.set(allocation.invoiceId, (putBack.get(allocation.invoiceId) ?? 0n) + clearedBy(allocation));
  }
}

async function readInvoices(
  store: ReceivablesStore,
  tenant: string,
  putBack: ReadonlyMap<string, bigint>,
): Promise<Map<string, OpenInvoice>> {
  const invoices = new Map<string, OpenInvoice>();
  const take = (invoice: Invoice) => {
    const reopened = { ...invoice, cleared: invoice.cleared - (putBack.get(invoice.id) ?? 0n) };
    if (openOf(reopened) > 0n) invoices.set(invoice.id, openInvoiceOf(reopened));
    requireRoom('invoices', invoices.size);
  };
  let after: string | undefined;
  do {
    const page = await store.listOpenInvoices(tenant, { after, count: perPage });
    page.invoices.forEach(take);
    after = page.next;
  } while (after !== undefined);
  const paid = [...putBack.keys()].filter((id) => !invoices.has(id));
  for (let start = 0; start < paid.length; start += idsAtOnce) {
    const found = await store.readInvoices(tenant, paid.slice(start, start + idsAtOnce));
    for (const invoice of found.values()) take(invoice);
  }
  return invoices;
}

async function readCustomers(store: ReceivablesStore, tenant: string): Promise<PayingCustomer[]> {
  const all: PayingCustomer[] = [];
  let after: string | undefined;
  do {
    const { customers, more } = await store.listCustomers(tenant, after, customersPerPage);
    all.push(...customers.map(payingCustomerOf));
    requireRoom('customers', all.length);
    after = more ? customers.at(-1)?.number : undefined;
  } while (after !== undefined);
  return all;
}

/** What the receipts name and is not among the open invoices: paid ones, and open ones that the index does not show yet. */
async function readNamed(
  store: ReceivablesStore,
  tenant: string,
  receipts: readonly OpenReceipt[],
  open: ReadonlyMap<string, OpenInvoice>,
): Promise<{ readonly cleared: readonly ClearedInvoice[]; readonly lagging: readonly OpenInvoice[] }> {
  const known = new Set<string>();
  for (const { number, references } of open.values()) {
    for (const token of referenceTokensOf(number, references)) known.add(token);
  }
  const tokens = new Set<string>();
  for (const receipt of receipts) for (const token of receiptTokens(receipt)) if (!known.has(token)) tokens.add(token);
  const asked = [...tokens];
  const named = new Map<string, Invoice>();
  for (let start = 0; start < asked.length; start += tokensAtOnce) {
    const some = asked.slice(start, start + tokensAtOnce);
    const { invoices } = await store.readInvoicesByToken(tenant, some);
    for (const [id, invoice] of invoices) if (!open.has(id)) named.set(id, invoice);
  }
  const all = [...named.values()];
  return {
    cleared: await readCleared(store, tenant, all),
    lagging: all.filter((invoice) => openOf(invoice) > 0n).map(openInvoiceOf),
  };
}
