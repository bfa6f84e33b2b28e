import type { Account, Book, Constraint } from './account.ts';
import { openAccount } from './open-account.ts';
import { ownerNamedBy, recordIdOfName } from './record-name.ts';
import type { LedgerStore } from './store.ts';
import type { Cause } from './transfer.ts';

/** An account that another capability opens for itself; it has no bank account and is not hot. */
export interface OpeningRequest {
  /** Parts that identify the opening, two or more; with the tenant they make the id of its record. */
  readonly name: readonly string[];
  readonly account: Pick<Account, 'currency' | 'holder' | 'name' | 'purpose'> & Partial<Pick<Account, 'references'>>;
  readonly constraint: Constraint;
  /** CONTROL, LEDGER or INCOME; the REAL account of a book is bound to it. */
  readonly book?: Pick<Book, 'id' | 'role'>;
  /** Only commands of the capability that opens it, by the first part of the name, move it: not the API, nor others. */
  readonly owned?: boolean;
  /** An owned account into which anybody may pay: what is owed to its owner, say. */
  readonly takesCredits?: true;
  readonly cause: Cause;
}

/** Opens an account once per name, whatever is asked for later under it. Returns its id. */
export async function openAccountUnderName(
  store: LedgerStore,
  tenant: string,
  { name, account, constraint, book, owned = false, takesCredits, cause }: OpeningRequest,
  now: Date,
): Promise<string> {
  return await openAccount(
    store,
    tenant,
    {
      id: recordIdOfName(tenant, name),
      fingerprint: 'opening by name',
      cause,
      account: { references: {}, ...account, hot: false },
      constraint,
      ...(book && { book }),
      ...(owned && ownerNamedBy(name)),
      ...(takesCredits && { takesCredits }),
    },
    now,
  );
}
