import { addDays } from '../../shared/calendar/plain-date.ts';
import { type BookedEntry, type EntryPosition, listEntries } from './list-entries.ts';
import { problems } from './problems.ts';
import { findVersionAt } from './read-history.ts';
import type { LedgerStore } from './store.ts';

export interface StatementQuery {
  /** First and last booking date. */
  readonly from: string;
  readonly to: string;
  readonly limit: number;
  /** `next` of the page before. */
  readonly after?: EntryPosition;
}

/** One posted line, seen from the account. Amounts are minor units of its currency. */
export interface StatementEntry {
  /** Credits are positive, debits negative. */
  readonly amount: bigint;
  /** Posted balance after the line. */
  readonly balance: bigint;
  readonly bookingDate: string;
  readonly valueDate: string;
  readonly transferId: string;
  readonly counterpartyAccountId: string;
  readonly description?: string;
  readonly references: Readonly<Record<string, string>>;
}

export interface AccountStatement {
  readonly currency: string;
  /** Posted balance at the end of the day before `from`. */
  readonly opening: bigint;
  /** Posted balance at the end of `to`; while that day lasts, of what is booked by now. */
  readonly closing: bigint;
  /** In booking order. */
  readonly entries: readonly StatementEntry[];
  readonly next?: EntryPosition;
}

/** See `readAccountStatement` in `published.ts`. */
export async function readStatement(
  store: LedgerStore,
  tenant: string,
  accountId: string,
  { from, to, limit, after }: StatementQuery,
): Promise<AccountStatement> {
  const head = await store.readHead(tenant, accountId);
  if (!head) throw problems['account-not-found'].with({ detail: `There is no account ${accountId}.`, accountId });
  const query = { from, to, limit, include: 'POSTED', order: 'OLDEST_FIRST', ...(after && { after }) } as const;
  const [before, last, page] = await Promise.all([
    findVersionAt(store, tenant, head, addDays(from, -1)),
    findVersionAt(store, tenant, head, to),
    listEntries(store, tenant, head, query),
  ]);
  return {
    currency: head.currency,
    opening: before?.posted ?? 0n,
    closing: last?.posted ?? 0n,
    entries: page.entries.map(lineOf),
    ...(page.next && { next: page.next }),
  };
}

function lineOf({ entry, transfer, bookingDate, balance }: BookedEntry): StatementEntry {
  return {
    amount: entry.delta.posted,
    balance,
    bookingDate,
    valueDate: transfer.valueDate,
    transferId: transfer.id,
    counterpartyAccountId: entry.counterpartyAccountId,
    ...(transfer.description !== undefined && { description: transfer.description }),
    references: transfer.references,
  };
}
