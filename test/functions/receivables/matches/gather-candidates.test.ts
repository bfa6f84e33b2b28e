import { expect, it } from 'vitest';
import {
  gatherCandidates,
  invoicesPerCustomerMax,
} from '../../../../functions/receivables/matches/gather-candidates.ts';
import type { ReceivablesStore } from '../../../../functions/receivables/store.ts';
import { aReceipt } from '../receipt-samples.ts';
import { aCustomer, anInvoice } from '../samples.ts';

const customer = aCustomer();
const invoice = anInvoice();

/** A store with a customer of so many open invoices, and with one number that more invoices have than are read. */
function storeOf(count: number): ReceivablesStore {
  const ids = Array.from({ length: count }, (_, at) => `inv_${at}`);
  const store: Partial<ReceivablesStore> = {
    readVirtualAccounts: async () => new Map(),
    readInvoicesByToken: async (_, tokens) => {
      const cut = new Set([...tokens].filter((token) => token === 'HT2026018'));
      return { invoices: new Map(cut.size > 0 ? [[invoice.id, invoice]] : []), cut };
    },
    readInvoices: async (_, wanted) => new Map([...wanted].map((id) => [id, anInvoice({ id })])),
    readPayers: async () => [],
    readCustomers: async () => new Map([[customer.id, customer]]),
    listOpenInvoiceIds: async (_, customerIds, max) => ({
      ids: ids.slice(0, max),
      cut: new Set(count > max ? customerIds : []),
    }),
    listMatchesOf: async () => [],
    readReceipts: async () => new Map(),
  };
  return store as ReceivablesStore;
}

it.each([
  [invoicesPerCustomerMax, []],
  [invoicesPerCustomerMax + 1, [invoice.customerId]],
])(
  'of a customer with %i open invoices it is told whether all were seen, and of which number not all',
  async (n, cut) => {
    const receipt = aReceipt({ texts: ['合同 HT-2026-018'], payer: {} });
    const { items } = await gatherCandidates(storeOf(n), receipt.tenant, [receipt]);
    expect([...(items.unseen?.customers ?? [])]).toEqual(cut);
    expect([...(items.unseen?.tokens ?? [])]).toEqual(['HT2026018']);
  },
);
