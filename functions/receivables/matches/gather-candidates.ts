import type { Customer } from '../customers/customer.ts';
import { nameKeysOf } from '../customers/name-keys.ts';
import type { StoredVirtualAccount } from '../customers/virtual-account.ts';
import { type Invoice, openOf } from '../invoices/invoice.ts';
import type { OpenItems } from '../matching/open-item.ts';
import type { Receipt } from '../receipts/receipt.ts';
import type { ReceivablesStore } from '../store.ts';
import { matchesLookedAtMax } from './match.ts';
import { clearedInvoiceOf, openInvoiceOf, openReceiptOf, payingCustomerOf } from './open-items-of.ts';
import { receiptTokens } from './receipt-tokens.ts';

/** Open invoices of one customer that are looked at, at most; of more only what is named by its number is proved. */
export const invoicesPerCustomerMax = 2_000;

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
  const virtual = await readVirtual(store, tenant, receipts);
  const [{ named, cut: tokens }, payers] = await Promise.all([
    readNamed(store, tenant, receipts, fresh),
    readPayers(store, tenant, receipts),
  ]);
  const ids = new Set([
    ...virtual.map(({ customerId }) => customerId),
    ...[...named.values()].map(({ customerId }) => customerId),
    ...payers.map(({ id }) => id),
  ]);
  const customers = await readOthers(store, tenant, payers, ids);
  const { invoices, cut: cutCustomers } = await readOpen(store, tenant, [...ids], named);
  const all = [...invoices.values()];
  return {
    items: {
      receipts: receipts.map(openReceiptOf),
      invoices: all.filter((invoice) => openOf(invoice) > 0n).map(openInvoiceOf),
      customers: customers.map(payingCustomerOf),
      virtualAccounts: virtual,
      cleared: await readCleared(store, tenant, all),
      unseen: { customers: cutCustomers, tokens },
    },
    invoices,
  };
}

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
  store: ReceivablesStore,
  tenant: string,
  receipts: readonly Receipt[],
  fresh: readonly string[],
): Promise<{ readonly named: Map<string, Invoice>; readonly cut: ReadonlySet<string> }> {
  const { invoices, cut } = await store.readInvoicesByToken(tenant, receipts.flatMap(receiptTokens));
  return { named: new Map([...invoices, ...(await store.readInvoices(tenant, fresh))]), cut };
}

function readPayers(store: ReceivablesStore, tenant: string, receipts: readonly Receipt[]): Promise<Customer[]> {
  const accounts = new Set(receipts.flatMap(({ payer }) => payer.accountKey ?? []));
  const names = new Set(nameKeysOf(receipts.flatMap(({ payer }) => payer.name ?? [])));
  return store.readPayers(tenant, { accounts: [...accounts], names: [...names] });
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

/** All open invoices of some customers, and what of them or of others is known already. */
async function readOpen(
  store: ReceivablesStore,
  tenant: string,
  customerIds: readonly string[],
  known: ReadonlyMap<string, Invoice>,
) {
  const { ids, cut } = await store.listOpenInvoiceIds(tenant, customerIds, invoicesPerCustomerMax);
  const invoices = new Map(known);
  const others = await store.readInvoices(
    tenant,
    ids.filter((id) => !known.has(id)),
  );
  for (const [id, invoice] of others) if (openOf(invoice) > 0n) invoices.set(id, invoice);
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
