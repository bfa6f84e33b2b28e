/** What other capabilities may call. Everything else of the ledger is its own. */
import { type BookBinding, type BoundBook, bindRealAccount } from './bind-book.ts';
import {
  endHeld,
  type HoldEnding,
  type HoldEndResult,
  type HoldOrder,
  type HoldResult,
  holdOrders,
} from './hold-transfers.ts';
import { isOrderPosted } from './is-posted.ts';
import { type OpeningRequest, openAccountUnderName } from './open-account-once.ts';
import { type PostingOptions, postOrders, type TransferOrder, type TransferResult } from './post-transfers.ts';
import { type LedgerAccount, readLedgerAccounts } from './read-accounts.ts';
import { readPostedOrders } from './read-posted.ts';
import { type AccountStatement, readStatement, type StatementQuery } from './read-statement.ts';
import { readValueDated, type ValueDatedBalance } from './read-value-dated.ts';
import { recordIdOfName } from './record-name.ts';
import { defaultStore } from './store.ts';
import type { Leg } from './transfer.ts';

export type { AccountStatus, Book, BookRole, Constraint, Purpose } from './account.ts';
export type { Guard } from './commands.ts';
export { freeOf } from './free-of.ts';
export type { EntryPosition } from './list-entries.ts';
export type { StatementEntry } from './read-statement.ts';
export type { Cause, Leg } from './transfer.ts';
/** Legs of one transfer, at most. */
export { legsMax as transferLegsMax } from './transfer.ts';
export type {
  AccountStatement,
  BookBinding,
  BoundBook,
  HoldEnding,
  HoldEndResult,
  HoldOrder,
  HoldResult,
  LedgerAccount,
  OpeningRequest,
  PostingOptions,
  StatementQuery,
  TransferOrder,
  TransferResult,
  ValueDatedBalance,
};

/** The account that was opened with this bank account number, by the number's keyed hash. */
export async function accountByNumber(
  tenant: string,
  numberHash: string,
): Promise<{ accountId: string; currency: string } | undefined> {
  const accountId = await defaultStore().readAccountIdByNumber(tenant, numberHash);
  if (accountId === undefined) return undefined;
  return accountById(tenant, accountId);
}

/** The ids of the accounts that were opened with these bank account numbers, by keyed hash; one BatchGet per 100. */
export function accountIdsByNumbers(tenant: string, numberHashes: Iterable<string>): Promise<Map<string, string>> {
  return defaultStore().readAccountIdsByNumbers(tenant, numberHashes);
}

/** An account by its id, or undefined when the tenant has none. */
export async function accountById(
  tenant: string,
  accountId: string,
): Promise<{ accountId: string; currency: string } | undefined> {
  const account = await defaultStore().readAccount(tenant, accountId);
  return account && { accountId, currency: account.currency };
}

/** Accounts by id; those the tenant does not have are left out. One BatchGet per 100 facts, the heads 32 at a time. */
export function readAccounts(tenant: string, ids: Iterable<string>): Promise<Map<string, LedgerAccount>> {
  return readLedgerAccounts(defaultStore(), tenant, ids);
}

/**
 * Opens an account once per name: the same name gives the same account for ever, whatever else is asked for. Returns its id. With `owned`
 * it is the capability's own: whoever else moves, holds, reverses, constrains or closes it is told `ledger/account-owned`; with
 * `takesCredits` others may pay in, and no more. Problems: `ledger/book-not-allowed`; `request/conflict-retry` and `request/unavailable`:
 * call again.
 */
export function openAccountOnce(tenant: string, request: OpeningRequest, now: Date): Promise<string> {
  return openAccountUnderName(defaultStore(), tenant, request, now);
}

/**
 * Makes an account the REAL one of a book, once, and in the same transaction posts its balance to the book's main ledger
 * against the control account, so that the ledgers add up to the real balance from the first moment. A balance that moves
 * meanwhile is taken as it then is. The same name again changes nothing and answers as the first time.
 *
 * Problems, remembered under the name: `ledger/account-not-found`, `ledger/book-not-allowed` (closed, hot, in a book, with
 * pending amounts; control or main ledger of another book, or bound already), `ledger/insufficient-funds` (an overdrawn
 * account whose main ledger may not go that low), others that a transfer between control and main ledger may have.
 * `request/idempotency-key-reused`: the name bound other accounts. `request/conflict-retry`, `request/unavailable`: call
 * again.
 */
export function bindBook(tenant: string, binding: BookBinding, now: Date): Promise<BoundBook> {
  return bindRealAccount(defaultStore(), tenant, binding, now);
}

/**
 * Posts transfers, and answers in their order; orders that share an account are carried out in the order given. What is
 * posted or refused by state stays so for its name. Not final, so that the same order may come again: problems of status
 * 400, `request/conflict-retry` (nothing happened) and `request/unavailable` (the name will tell).
 *
 * With `atomic` all are posted or none; then `ledger/batch-refused` stands for another's refusal and is not final either.
 * Throws on an order without a positive leg and on a guard of an account that the transfer does not touch or that is hot.
 */
export function postTransfers(
  tenant: string,
  orders: readonly TransferOrder[],
  now: Date,
  options: PostingOptions = {},
): Promise<TransferResult[]> {
  return postOrders(defaultStore(), tenant, orders, now, options);
}

/** Whether an order with this name was posted. One that was not may be, as long as somebody is about to ask for it. */
export function isPosted(tenant: string, name: readonly string[]): Promise<boolean> {
  return isOrderPosted(defaultStore(), tenant, name);
}

/**
 * The legs that orders with these names moved, in the order of the names; undefined for one that was not posted, or was taken back. One
 * BatchGet per 100.
 */
export function readPosted(
  tenant: string,
  names: readonly (readonly string[])[],
): Promise<(readonly Leg[] | undefined)[]> {
  return readPostedOrders(defaultStore(), tenant, names);
}

/**
 * Holds transfers: as `postTransfers`, but pending, so that the money is set aside and moves when `endHolds` posts it. The
 * first part of a name is the capability that gives it, and it alone ends what it holds, not the API of the ledger.
 * Answers in the order of the orders; what is not final is the same.
 *
 * What is held can be posted, whatever becomes of its accounts meanwhile: while anything is pending they are neither closed
 * nor put in a book, and freezing them, or money on them, leaves alone what was set aside before. So of several holds that
 * stand all can be posted, or all be voided.
 */
export function holdTransfers(tenant: string, orders: readonly HoldOrder[], now: Date): Promise<HoldResult[]> {
  return holdOrders(defaultStore(), tenant, orders, now);
}

/**
 * Posts or voids pending transfers, each once, whoever else tries: a hold that ended another way is refused
 * (`ledger/pending-already-posted`, `-voided`, `-expired`), and one of another capability (`ledger/pending-owned`). No other
 * refusal is final where the whole is posted at the day of booking; with `valueDate` the constraint has to hold since that
 * day (`ledger/insufficient-funds-at-value-date`, `ledger/value-date-too-busy`), and `amounts` have to fit. Answers in the
 * order of the endings; what is not final is as for `postTransfers`.
 */
export function endHolds(tenant: string, endings: readonly HoldEnding[], now: Date): Promise<HoldEndResult[]> {
  return endHeld(defaultStore(), tenant, endings, now);
}

/** The id that the transfer of an order with this name has, whether it was posted or not. */
export function transferIdOf(tenant: string, ...name: readonly string[]): string {
  return recordIdOfName(tenant, name);
}

/**
 * How posted balances developed by value date, for interest: what the account had at the end of the day before `from`, and
 * the net movement of each value date from `from` on. Accounts the tenant does not have are left out; a hot account shows
 * what is folded in. Problem: `ledger/value-date-too-busy`, naming the account.
 */
export function readValueDatedBalances(
  tenant: string,
  accountIds: Iterable<string>,
  from: string,
): Promise<Map<string, ValueDatedBalance>> {
  return readValueDated(defaultStore(), tenant, accountIds, from);
}

/**
 * A page of an account's posted entries for a statement, by booking date from `from` to `to`, both included, with the
 * balances before and after the period. A page may hold fewer entries than `limit`; `next` tells that there are more.
 * Problem: `ledger/account-not-found`.
 */
export function readAccountStatement(
  tenant: string,
  accountId: string,
  query: StatementQuery,
): Promise<AccountStatement> {
  return readStatement(defaultStore(), tenant, accountId, query);
}
