import type { Problem } from '../../shared/problems/problem.ts';
import { type AccountState, type Book, type Delta, noDelta } from './account.ts';
import type { Command } from './commands.ts';
import { problems } from './problems.ts';
import { accountsOf, effectOn, type Leg, type TransferContent } from './transfer.ts';

/**
 * The rules of books (账簿). Inside a book are its CONTROL, LEDGER and INCOME accounts; the REAL account counts as outside.
 * A leg stays inside one book or outside all, and a transfer moves REAL and CONTROL as exact mirrors of each other. So the
 * accounts inside add up to zero, CONTROL is REAL with the sign turned, and the ledgers add up to the real balance, after
 * every transfer.
 *
 * A hold obeyed the rules when it was made, so its release is not asked again. The opening transfer of a binding is let
 * through: it moves CONTROL alone, by the whole balance of the account that the same transaction makes REAL.
 */
export function findBrokenBook(
  accounts: ReadonlyMap<string, AccountState>,
  command: Command,
  transfer: TransferContent,
): Problem | undefined {
  if (transfer.type === 'VOID' || transfer.type === 'EXPIRE') return undefined;
  const touched = accountsOf(transfer).flatMap((id) => accounts.get(id) ?? []);
  if (touched.every(({ book }) => book === undefined)) return undefined;
  const books = new Map(touched.map(({ accountId, book }) => [accountId, book]));
  return (
    findCrossing(books, transfer) ??
    (command.command === 'BIND' ? undefined : findImbalance(touched, transfer)) ??
    findIncomePayment(books, transfer)
  );
}

type Books = ReadonlyMap<string, Book | undefined>;

/** The book that the account is inside of. */
function insideOf(books: Books, accountId: string): string | undefined {
  const book = books.get(accountId);
  return book && book.role !== 'REAL' ? book.id : undefined;
}

function findCrossing(books: Books, transfer: TransferContent): Problem | undefined {
  for (const [index, { debitAccountId, creditAccountId }] of transfer.legs.entries()) {
    const from = insideOf(books, debitAccountId);
    const to = insideOf(books, creditAccountId);
    if (from === to) continue;
    // The side that is inside a book; where both are, in different books, the credited one.
    const isDebit = to === undefined;
    const accountId = isDebit ? debitAccountId : creditAccountId;
    const pointer = `/legs/${index}/${isDebit ? 'debitAccountId' : 'creditAccountId'}`;
    const detail = `The account ${accountId} is inside the book ${to ?? from}; the other side of the leg is not.`;
    return problems['book-boundary'].with({ detail, accountId }).at({ pointer, detail });
  }
  return undefined;
}

/** Each REAL account touched against the CONTROL that names it, and each CONTROL against the account it names. */
function findImbalance(touched: readonly AccountState[], transfer: TransferContent): Problem | undefined {
  const controls = touched.filter(({ book }) => book?.role === 'CONTROL');
  const mirrorOf = ({ accountId, book }: AccountState) =>
    book?.role === 'CONTROL'
      ? book.realAccountId
      : controls.find((control) => control.book?.realAccountId === accountId)?.accountId;
  for (const account of touched) {
    if (account.book?.role !== 'REAL' && account.book?.role !== 'CONTROL') continue;
    const mirror = mirrorOf(account);
    const effect = effectOn(transfer, account.accountId);
    if (isMirrored(effect, mirror === undefined ? noDelta : effectOn(transfer, mirror))) continue;
    const detail = `The transfer moves the real account of the book ${account.book.id} and its control account by different amounts.`;
    return problems['book-out-of-balance'].with({ detail, bookId: account.book.id });
  }
  return undefined;
}

function isMirrored(one: Delta, other: Delta): boolean {
  return one.posted + other.posted === 0n && one.pendingIn === other.pendingOut && one.pendingOut === other.pendingIn;
}

/** Money that is credited to CONTROL leaves the book. What an income ledger took in by mistake may be taken back. */
function findIncomePayment(books: Books, transfer: TransferContent): Problem | undefined {
  if (transfer.type === 'REVERSAL') return undefined;
  const paysOut = ({ debitAccountId, creditAccountId }: Leg) =>
    books.get(debitAccountId)?.role === 'INCOME' && books.get(creditAccountId)?.role === 'CONTROL';
  const index = transfer.legs.findIndex(paysOut);
  const accountId = transfer.legs[index]?.debitAccountId;
  if (accountId === undefined) return undefined;
  const detail = `The account ${accountId} is an income ledger: inside its book it may be swept, outside it pays nobody.`;
  return problems['income-account-debit']
    .with({ detail, accountId })
    .at({ pointer: `/legs/${index}/debitAccountId`, detail });
}
