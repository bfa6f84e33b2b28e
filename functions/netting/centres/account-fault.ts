import type { LedgerAccount } from '../../ledger/published.ts';

/** Why a participant cannot pay from an account of the ledger and be paid on it, and how to mend it; nothing where it can. */
export function accountFault(account: LedgerAccount | undefined, currency: string): string | undefined {
  if (!account) return 'There is no such account; GET /v1/accounts lists yours.';
  if (account.currency !== currency) return `The account is in ${account.currency}; name one in ${currency}.`;
  if (account.status === 'CLOSED') return 'The account is closed; name an open one.';
  if (account.purpose === 'LOAN') return 'The account carries a loan; name another.';
  if (account.owner !== undefined) return `The account belongs to the capability ${account.owner}; name another.`;
  if (account.book) return 'The account is part of a ledger pool (账簿); name one outside.';
  return undefined;
}

/** Why nobody can pay from an account on which one can be paid. */
export function payerFault({ status, hot }: LedgerAccount): string | undefined {
  if (status === 'FROZEN') return 'Its account is frozen: it takes credits only; unfreeze it.';
  if (hot) return 'Its account is hot, against which nothing is authorised; name another.';
  return undefined;
}
