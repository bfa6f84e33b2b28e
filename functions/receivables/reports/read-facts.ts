import pLimit from 'p-limit';
import type { Invoice } from '../invoices/invoice.ts';
import type { Receipt } from '../receipts/receipt.ts';
import type { ReceivablesStore } from '../store.ts';
import type { Days } from '../store-receipt-shards.ts';
import type { WhichReceipts } from '../store-receipts.ts';
import type { Fact } from './fact.ts';
import type { ReadBudget } from './read-budget.ts';

const perPage = 500;
const customersPerPage = 1_000;
const customersAtOnceMax = 16;

type Reads = Pick<
  ReceivablesStore,
  'listFacts' | 'listCustomers' | 'listOpenInvoices' | 'scanReceipts' | 'readMatches' | 'readRefunds'
>;

/** The facts of a customer, by day. */
export async function readFacts(
  store: Pick<Reads, 'listFacts'>,
  tenant: string,
  customerId: string,
  days: Days,
  budget: ReadBudget,
): Promise<Fact[]> {
  const all: Fact[] = [];
  let after: string | undefined;
  do {
    const { facts, next } = await store.listFacts(tenant, customerId, { ...days, after, count: perPage });
    budget.take(facts.length);
    all.push(...facts);
    after = next;
  } while (after !== undefined);
  return all;
}

/** Hands over the facts of every customer, of a few at a time, so that no more than theirs are held. */
export async function forEachCustomer(
  store: Pick<Reads, 'listFacts' | 'listCustomers'>,
  tenant: string,
  days: Days,
  budget: ReadBudget,
  take: (facts: readonly Fact[]) => void | Promise<void>,
): Promise<void> {
  const limit = pLimit(customersAtOnceMax);
  let after: string | undefined;
  do {
    const { customers, more } = await store.listCustomers(tenant, after, customersPerPage);
    budget.take(customers.length);
    await Promise.all(
      customers.map(({ id }) => limit(async () => take(await readFacts(store, tenant, id, days, budget)))),
    );
    after = more ? customers.at(-1)?.number : undefined;
  } while (after !== undefined);
}

/** Hands over all open invoices, page by page. */
export async function forOpenInvoices(
  store: Pick<Reads, 'listOpenInvoices'>,
  tenant: string,
  budget: ReadBudget,
  take: (invoice: Invoice) => void,
): Promise<void> {
  let after: string | undefined;
  do {
    const { invoices, next } = await store.listOpenInvoices(tenant, { after, count: perPage });
    budget.take(invoices.length);
    for (const invoice of invoices) take(invoice);
    after = next;
  } while (after !== undefined);
}

/** Hands over the receipts that were paid on some days, page by page. */
export async function forReceipts(
  store: Pick<Reads, 'scanReceipts'>,
  tenant: string,
  which: WhichReceipts,
  days: Days,
  budget: ReadBudget,
  take: (receipts: readonly Receipt[]) => void | Promise<void>,
): Promise<void> {
  let after: string | undefined;
  do {
    const { receipts, next } = await store.scanReceipts(tenant, which, days, { after, count: perPage });
    budget.take(receipts.length);
    await take(receipts);
    after = next;
  } while (after !== undefined);
}

/** What happened with receipts: matches as they were made, and refunds. */
export async function readHistories(store: Pick<Reads, 'readMatches' | 'readRefunds'>, receipts: readonly Receipt[]) {
  const matches = await store.readMatches(receipts);
  const limit = pLimit(customersAtOnceMax);
  return await Promise.all(
    receipts.map((receipt) =>
      limit(async () => ({
        receipt,
        matches: matches.get(receipt.id) ?? [],
        refunds: receipt.refunded > 0n || receipt.handled ? await store.readRefunds(receipt.tenant, receipt.id) : [],
      })),
    ),
  );
}
