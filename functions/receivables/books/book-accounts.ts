import type { LedgerAccount } from '../../ledger/published.ts';
import type { BookAccounts, ReceivablesBook } from './book.ts';

export const accountPurposes = [
  'receivable',
  'revenue',
  'unapplied',
  'onAccount',
  'discount',
  'charge',
  'badDebt',
  'cash',
] as const satisfies readonly (keyof BookAccounts)[];
/** With those that a book may do without. */
export const allPurposes = [...accountPurposes, 'channels'] as const satisfies readonly (keyof BookAccounts)[];
export type AccountPurpose = (typeof allPurposes)[number];

export interface AccountFault {
  readonly purpose: AccountPurpose;
  readonly detail: string;
}

/**
 * Why accounts cannot be those of a book: one for two purposes, not there, of another currency or holder, closed, lent out,
 * or, but for cash, kept above some balance: what is booked to them must never be refused.
 */
export function bookAccountFaults(
  { legalEntity, currency, accounts }: Pick<ReceivablesBook, 'legalEntity' | 'currency' | 'accounts'>,
  ofLedger: ReadonlyMap<string, LedgerAccount>,
): AccountFault[] {
  const seen = new Map<string, AccountPurpose>();
  return allPurposes.flatMap((purpose) => {
    const id = accounts[purpose];
    if (id === undefined) return [];
    const earlier = seen.get(id);
    seen.set(id, earlier ?? purpose);
    const detail = earlier
      ? `It is the account of \`${earlier}\` already; open one of its own.`
      : accountFault(purpose, ofLedger.get(id), { legalEntity, currency });
    return detail === undefined ? [] : [{ purpose, detail }];
  });
}

function accountFault(
  purpose: AccountPurpose,
  account: LedgerAccount | undefined,
  { legalEntity, currency }: Pick<ReceivablesBook, 'legalEntity' | 'currency'>,
): string | undefined {
  if (!account) return 'There is no such account; GET /v1/accounts lists yours.';
  if (account.currency !== currency) return `The account is in ${account.currency}; name one in ${currency}.`;
  if (account.holder !== legalEntity) return `${account.holder} holds it; name an account of ${legalEntity}.`;
  if (account.status === 'CLOSED') return 'The account is closed; name an open one.';
  if (account.purpose === 'LOAN') return 'The account carries a loan; name another.';
  if (account.owner !== undefined) return `The account belongs to the capability ${account.owner}; name another.`;
  if (account.book) return 'The account is part of a ledger pool (账簿); name one outside.';
  if (purpose === 'cash' || account.floor === undefined) return undefined;
  return 'The account may not be debited without bound; name one with the constraint NONE.';
}

/**
 * Accounts that another takes the place of though they carry something: what was booked there would be lost sight of.
 * Cash and what channels owe may change at any time, since each receipt keeps its own.
 */
export function replacedWithBalance(
  before: BookAccounts,
  next: BookAccounts,
  ofLedger: ReadonlyMap<string, Pick<LedgerAccount, 'posted' | 'pendingIn' | 'pendingOut'>>,
): readonly (typeof accountPurposes)[number][] {
  return accountPurposes.filter((purpose) => {
    if (purpose === 'cash' || before[purpose] === next[purpose]) return false;
    const { posted, pendingIn, pendingOut } = ofLedger.get(before[purpose]) ?? nothing;
    return posted !== 0n || pendingIn !== 0n || pendingOut !== 0n;
  });
}

const nothing = { posted: 0n, pendingIn: 0n, pendingOut: 0n };
