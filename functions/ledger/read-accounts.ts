import { isId } from '../../shared/identifiers/id.ts';
import { defined } from '../../shared/objects/defined.ts';
import { type Account, type AccountState, type AccountStatus, type Book, floorOf, type Purpose } from './account.ts';
import type { LedgerStore } from './store.ts';

/** An account as other capabilities see it: lasting facts and present state. Amounts are minor units of its currency. */
export interface LedgerAccount {
  readonly id: string;
  readonly currency: string;
  /** The legal entity that holds it. */
  readonly holder: string;
  readonly name?: string;
  readonly purpose: Purpose;
  /** A hot account shows what is folded in; what waits for it is not in its figures. */
  readonly hot: boolean;
  /** Whether a bank account's number stands behind it: then it is an account at a bank, else an internal one. */
  readonly hasBankAccount: boolean;
  readonly status: AccountStatus;
  /** Credits − debits. */
  readonly posted: bigint;
  readonly pendingIn: bigint;
  readonly pendingOut: bigint;
  readonly frozen: bigint;
  /** The balance below which a debit may not take it (negative: an overdraft limit); not there: no bound. */
  readonly floor?: bigint;
  readonly version: number;
  readonly book?: Book;
  /** The capability whose own it is: of nobody else's orders will the ledger move it. */
  readonly owner?: string;
}

/** Accounts by id, each read strongly consistent but at a moment of its own. Those that do not exist are left out. */
export async function readLedgerAccounts(
  store: LedgerStore,
  tenant: string,
  ids: Iterable<string>,
): Promise<Map<string, LedgerAccount>> {
  const wanted = [...new Set(ids)].filter((id) => isId('acc', id));
  const [accounts, heads] = await Promise.all([store.readAccounts(tenant, wanted), store.readHeads(tenant, wanted)]);
  const found = new Map<string, LedgerAccount>();
  for (const id of wanted) {
    const account = accounts.get(id);
    const head = heads.get(id);
    if (account && head) found.set(id, ledgerAccountOf(account, head));
  }
  return found;
}

function ledgerAccountOf(account: Account, state: AccountState): LedgerAccount {
  const { id, currency, holder, purpose, hot, bankAccount } = account;
  const { status, posted, pendingIn, pendingOut, frozen, version } = state;
  return {
    id,
    currency,
    holder,
    purpose,
    hot,
    hasBankAccount: bankAccount !== undefined,
    status,
    posted,
    pendingIn,
    pendingOut,
    frozen,
    version,
    ...defined({ name: account.name, floor: floorOf(state.constraint), book: state.book, owner: state.owner }),
  };
}
