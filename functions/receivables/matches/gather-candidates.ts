import pLimit from 'p-limit';
import type { Customer } from '../customers/customer.ts';
import { nameKeysOf } from '../customers/name-keys.ts';
import type { StoredVirtualAccount } from '../customers/virtual-account.ts';
import { type Invoice, openOf } from '../invoices/invoice.ts';
import type { OpenItems } from '../matching/open-item.ts';
import type { Receipt } from '../receipts/receipt.ts';
import type { ReceivablesStore } from '../store.ts';
import { clearedInvoiceOf, openInvoiceOf, openReceiptOf } from './open-items-of.ts';
import { receiptTokens } from './receipt-tokens.ts';

const readsAtOnceMax = 24;
const invoicesPerPage = 500;
/** Open invoices of one customer that are looked at, at most; of more only what is named by its number is proved. */
export const invoicesPerCustomerMax = 2_000;
/** Matches of one customer that are looked through for what paid an invoice, the latest first. */
const matchesLookedAtMax = 200;

/** All that may explain some receipts of a tenant. */
export interface Candidates {
  readonly items: OpenItems;
  /** As they were read: what is decided is written over these. */
  readonly invoices: Map<string, Invoice>;
}

/**
 * Reads what may explain receipts: whoever has the virtual account, the account or the name, and whoever's invoice is named, with
 * all open invoices of theirs; and paid invoices that are named, with what paid them. `fresh` are invoices that the indexes may
 * not show yet.
 */
export async function gatherCandidates(
  store: ReceivablesStore,
  tenant: string,
  receipts: readonly Receipt[],
  fresh: readonly string[] = [],
): Promise<Candidates> {
  const limit = pLimit(readsAtOnceMax);
  const virtual = await readVirtual(store, tenant, receipts);
  const [{ named, cut: tokens }, payers] = await Promise.all([
    readNamed(limit, store, tenant, [...new Set(receipts.flatMap(receiptTokens))], fresh),
    readPayers(limit, store, tenant, receipts),
  ]);
  const ids = new Set([
    ...virtual.map(({ customerId }) => customerId),
    ...[...named.values()].map(({ customerId }) => customerId),
    ...payers.map(({ id }) => id),
  ]);
  const customers = await readOthers(store, tenant, payers, ids);
  const { invoices, cut: cutCustomers } = await readOpen(limit, store, tenant, [...ids]);
  for (const [id, invoice] of named) if (!invoices.has(id)) invoices.set(id, invoice);
  const all = [...invoices.values()];
  return {
    items: {
      receipts: receipts.map(openReceiptOf),
      invoices: all.filter((invoice) => openOf(invoice) > 0n).map(openInvoiceOf),
      customers,
      virtualAccounts: virtual,
      cleared: await readCleared(store, tenant, all),
      unseen: { customers: cutCustomers, tokens },
    },
    invoices,
  };
}

type Limit = ReturnType<typeof pLimit>;

/** Closed ones tell no more who paid. */
async function readVirtual(
  store: ReceivablesStore,
  tenant: string,
  receipts: readonly Receipt[],
): Promise<StoredVirtualAccount[]> {
  const keys = receipts.flatMap(({ virtualAccountKey }) => virtualAccountKey ?? []);
  const found = await store.readVirtualAccounts(tenant, keys);
  return [...found.values()].filter(({ state }) => state === 'ACTIVE');
}

async function readNamed(
  limit: Limit,
  store: ReceivablesStore,
  tenant: string,
  tokens: readonly string[],
  fresh: readonly string[],
): Promise<{ readonly named: Map<string, Invoice>; readonly cut: ReadonlySet<string> }> {
  const found = await Promise.all(tokens.map((token) => limit(() => store.readInvoicesByToken(tenant, [token]))));
  const named = found.flatMap(({ invoices }) => [...invoices]);
  const cut = new Set(found.flatMap((one) => [...one.cut]));
  return { named: new Map([...named, ...(await store.readInvoices(tenant, fresh))]), cut };
}

async function readPayers(
  limit: Limit,
  store: ReceivablesStore,
  tenant: string,
  receipts: readonly Receipt[],
): Promise<Customer[]> {
  const accounts = new Set(receipts.flatMap(({ payer }) => payer.accountKey ?? []));
  const names = new Set(nameKeysOf(receipts.flatMap(({ payer }) => payer.name ?? [])));
  const found = await Promise.all([
    ...Array.from(accounts, (key) => limit(() => store.readCustomersByAccount(tenant, key))),
    ...Array.from(names, (key) => limit(() => store.readCustomersByName(tenant, key))),
  ]);
  return [...new Map(found.flat().map((customer) => [customer.id, customer])).values()];
}

async function readOthers(
  store: ReceivablesStore,
  tenant: string,
  known: readonly Customer[],
  ids: ReadonlySet<string>,
): Promise<Customer[]> {
  const knownIds = new Set(known.map(({ id }) => id));
  const others = await store.readCustomers(
    tenant,
    [...ids].filter((id) => !knownIds.has(id)),
  );
  return [...known, ...others.values()];
}

async function readOpen(limit: Limit, store: ReceivablesStore, tenant: string, customerIds: readonly string[]) {
  const invoices = new Map<string, Invoice>();
  const cut = new Set<string>();
  await Promise.all(
    customerIds.map((customerId) =>
      limit(async () => {
        let after: string | undefined;
        for (let read = 0; read < invoicesPerCustomerMax; read += invoicesPerPage) {
          const page = await store.readOpenInvoices(tenant, customerId, { after, count: invoicesPerPage });
          for (const invoice of page.invoices) invoices.set(invoice.id, invoice);
          after = page.next;
          if (after === undefined) return;
        }
        cut.add(customerId);
      }),
    ),
  );
  return { invoices, cut };
}

/** What of these is paid, with the receipts that paid it, as far as these are among the customer's latest. */
export async function readCleared(store: ReceivablesStore, tenant: string, invoices: readonly Invoice[]) {
  const paid = invoices.filter((invoice) => openOf(invoice) === 0n && invoice.cleared > 0n);
  const customerIds = [...new Set(paid.map(({ customerId }) => customerId))];
  const matches = (
    await Promise.all(customerIds.map((id) => store.listMatchesOf(tenant, id, matchesLookedAtMax)))
  ).flat();
  const standing = matches.filter(({ undone }) => !undone);
  const receipts = await store.readReceipts(
    tenant,
    standing.map(({ receiptId }) => receiptId),
  );
  return paid.map((invoice) => clearedInvoiceOf(invoice, standing, receipts));
}
