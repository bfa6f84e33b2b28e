import type { StoredEntry } from './stored-entry.ts';
import type { StoredStatement } from './stored-statement.ts';

/**
 * An order to tell the receipts among some entries of a statement. A statement may hold a hundred thousand of them, more
 * than one run can tell: each order is told by itself, and again by itself should it fail.
 */
export interface ReceiptsOrder {
  readonly tenant: string;
  readonly statementId: string;
  /** Places of entries, both included. */
  readonly from: number;
  readonly to: number;
}

export const entriesPerOrder = 500;

/** The orders that together cover all entries of an assigned statement that may hold receipts, in any currency. */
export function receiptsOrders(statement: StoredStatement): ReceiptsOrder[] {
  const { tenant, id, entries, credits, accountId, flags } = statement;
  const hasOtherCurrencies = flags.some(({ code }) => code === 'CURRENCY_MIX');
  if (accountId === undefined || (credits.count === 0 && !hasOtherCurrencies)) return [];
  const count = Math.ceil(entries / entriesPerOrder);
  return Array.from({ length: count }, (_, index) => ({
    tenant,
    statementId: id,
    from: index * entriesPerOrder + 1,
    to: Math.min((index + 1) * entriesPerOrder, entries),
  }));
}

/** A receipt is a booked credit of more than zero. */
export function isReceipt(entry: Pick<StoredEntry, 'status' | 'amount' | 'creditDebit'>): boolean {
  return entry.status === 'BOOKED' && entry.amount !== 0n && entry.creditDebit === 'CREDIT';
}
