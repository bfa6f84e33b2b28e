import { writeLog } from '../../../shared/http/log.ts';
import type { Customer } from '../customers/customer.ts';
import { nameKeysOf } from '../customers/name-keys.ts';
import type { Invoice } from '../invoices/invoice.ts';
import { referenceTokensOf } from '../invoices/reference-tokens.ts';
import type { Receipt } from '../receipts/receipt.ts';
import type { ReceivablesStore } from '../store.ts';
import { matchReceipts } from './match-receipts.ts';
import { receiptTokens } from './receipt-tokens.ts';
import { isMatchable } from './take-decision.ts';

const receiptsPerPage = 500;
/** Open receipts that are looked through for new invoices, at most, the latest paid first. */
export const lookedThroughMax = 5_000;

/**
 * Looks again at open receipts that new invoices of a tenant may explain: money came before its invoice was sent. Receipts that
 * say nothing of the customers or the invoices are passed over.
 */
export async function lookAgain(
  store: ReceivablesStore,
  tenant: string,
  invoices: readonly Invoice[],
  now: Date,
): Promise<void> {
  const concerns = concerning(
    invoices,
    await store.readCustomers(
      tenant,
      invoices.map(({ customerId }) => customerId),
    ),
  );
  const receiptIds: string[] = [];
  let after: string | undefined;
  for (let read = 0; read < lookedThroughMax; read += receiptsPerPage) {
    const { receipts, next } = await store.listReceipts(tenant, 'OPEN', { after, count: receiptsPerPage });
    receiptIds.push(...receipts.filter((one) => isMatchable(one) && concerns(one)).map(({ id }) => id));
    after = next;
    if (after === undefined) break;
  }
  if (after !== undefined) {
    writeLog({ level: 'WARN', message: 'more open receipts than are looked through', tenant, lookedThroughMax });
  }
  const freshInvoices = invoices.map(({ id }) => id);
  if (receiptIds.length > 0) await matchReceipts(store, { tenant, receiptIds, freshInvoices }, now);
}

/** Whether a receipt may have to do with one of the invoices: it names one, or its customer, or was paid by that. */
export function concerning(
  invoices: readonly Invoice[],
  customers: ReadonlyMap<string, Customer>,
): (receipt: Receipt) => boolean {
  const books = new Set(invoices.map(bookOf));
  const tokens = new Set(invoices.flatMap(({ number, references }) => referenceTokensOf(number, references)));
  const accounts = new Set([...customers.values()].flatMap(({ accountKeys }) => accountKeys));
  const names = new Set([...customers.values()].flatMap((customer) => nameKeysOf(customer.names)));
  return (receipt) => {
    if (!books.has(bookOf(receipt))) return false;
    const { customerId, payer } = receipt;
    if (customerId !== undefined && customers.has(customerId)) return true;
    if (payer.accountKey !== undefined && accounts.has(payer.accountKey)) return true;
    if (payer.name !== undefined && nameKeysOf([payer.name]).some((key) => names.has(key))) return true;
    return receiptTokens(receipt).some((token) => tokens.has(token));
  };
}

function bookOf({ legalEntity, currency }: Pick<Receipt, 'legalEntity' | 'currency'>): string {
  return `${currency} ${legalEntity}`;
}
