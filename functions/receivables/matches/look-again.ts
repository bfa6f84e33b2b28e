import { writeLog } from '../../../shared/http/log.ts';
import type { Customer } from '../customers/customer.ts';
import { nameKeysOf } from '../customers/name-keys.ts';
import type { Invoice } from '../invoices/invoice.ts';
import { referenceTokensOf } from '../invoices/reference-tokens.ts';
import type { Receipt } from '../receipts/receipt.ts';
import { bookKey } from '../reports/fact.ts';
import type { ReceivablesStore } from '../store.ts';
import { matchReceipts } from './match-receipts.ts';
import { receiptTokens } from './receipt-tokens.ts';
import { isMatchable } from './take-decision.ts';

const receiptsPerPage = 500;
/** Open receipts that are looked through for new invoices, at most, the latest paid first. */
export const lookedThroughMax = 5_000;

/** What happened that may explain open receipts. */
export interface News {
  /** New, smaller by a credit note, or no longer in dispute. */
  readonly invoices: readonly Invoice[];
  /** Open again: a match was undone. */
  readonly reopened: readonly Invoice[];
  /** Of other names, accounts or limits. */
  readonly customers: readonly Customer[];
  /** Matched by other rules from now on: all may be explained. */
  readonly hasRules: boolean;
}

/**
 * Looks again at open receipts of a tenant that news may explain: money came before its invoice was sent, or from an account
 * that nobody knew. Receipts that the news say nothing of are passed over.
 */
export async function lookAgain(store: ReceivablesStore, tenant: string, news: News, now: Date): Promise<void> {
  const invoices = [...news.invoices, ...news.reopened];
  const concerns = concerningNews(
    news,
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

/** Whether any of the news may explain a receipt. What somebody took off an invoice by hand is not suggested anew for it. */
export function concerningNews(
  { invoices, reopened, customers, hasRules }: News,
  invoiced: ReadonlyMap<string, Customer>,
): (receipt: Receipt) => boolean {
  if (hasRules) return () => true;
  const ofInvoices = concerning(invoices, invoiced);
  const ofReopened = concerning(reopened, invoiced);
  const ofCustomers = paidBy(customers);
  return (receipt) => ofInvoices(receipt) || ofCustomers(receipt) || (!receipt.handled && ofReopened(receipt));
}

/** Whether a receipt may have to do with one of the invoices: it names one, or its customer, or was paid by that. */
export function concerning(
  invoices: readonly Invoice[],
  customers: ReadonlyMap<string, Customer>,
): (receipt: Receipt) => boolean {
  const books = new Set(invoices.map(bookKey));
  const tokens = new Set(invoices.flatMap(({ number, references }) => referenceTokensOf(number, references)));
  const ofCustomers = paidBy(invoices.flatMap(({ customerId }) => customers.get(customerId) ?? []));
  return (receipt) =>
    books.has(bookKey(receipt)) && (ofCustomers(receipt) || receiptTokens(receipt).some((token) => tokens.has(token)));
}

/** Whether a receipt is of one of the customers, or was paid from an account or under a name of one. */
function paidBy(customers: readonly Customer[]): (receipt: Receipt) => boolean {
  const ids = new Set(customers.map(({ id }) => id));
  const accounts = new Set(customers.flatMap(({ accountKeys }) => accountKeys));
  const names = new Set(customers.flatMap((customer) => nameKeysOf(customer.names)));
  return ({ customerId, payer }) =>
    (customerId !== undefined && ids.has(customerId)) ||
    (payer.accountKey !== undefined && accounts.has(payer.accountKey)) ||
    (payer.name !== undefined && nameKeysOf([payer.name]).some((key) => names.has(key)));
}
