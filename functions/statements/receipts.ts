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

/**
 * The orders that together cover all entries of an assigned statement that may hold receipts or take some back, in any currency:
 * of one without a booked movement there is none.
 */
export function receiptsOrders(statement: StoredStatement): ReceiptsOrder[] {
  const { tenant, id, entries, credits, debits, accountId, flags } = statement;
  const hasOtherCurrencies = flags.some(({ code }) => code === 'CURRENCY_MIX');
  const isStill = credits.count === 0 && debits.count === 0 && !hasOtherCurrencies;
  if (accountId === undefined || isStill) return [];
  const count = Math.ceil(entries / entriesPerOrder);
  return Array.from({ length: count }, (_, index) => ({
    tenant,
    statementId: id,
    from: index * entriesPerOrder + 1,
    to: Math.min((index + 1) * entriesPerOrder, entries),
  }));
}

type Booked = Pick<StoredEntry, 'status' | 'amount' | 'creditDebit'>;

/** A receipt is a booked credit of more than zero. */
export function isReceipt(entry: Booked): boolean {
  return entry.status === 'BOOKED' && entry.amount !== 0n && entry.creditDebit === 'CREDIT';
}

/** A booked debit by which a bank takes a credit back: mark RC, or a reversal that is DBIT. */
export function isReversedCredit(entry: Booked & Pick<StoredEntry, 'reversal'>): boolean {
  return entry.status === 'BOOKED' && entry.amount !== 0n && entry.creditDebit === 'DEBIT' && entry.reversal;
}
