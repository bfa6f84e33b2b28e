/** What other capabilities may call. Everything else of the ledger is its own. */
import { defaultStore } from './store.ts';

/** The account that was opened with this bank account number, by the number's keyed hash. */
export async function accountByNumber(
  tenant: string,
  numberHash: string,
): Promise<{ accountId: string; currency: string } | undefined> {
  const accountId = await defaultStore().readAccountIdByNumber(tenant, numberHash);
  if (accountId === undefined) return undefined;
  return accountById(tenant, accountId);
}

/** An account by its id, or undefined when the tenant has none. */
export async function accountById(
  tenant: string,
  accountId: string,
): Promise<{ accountId: string; currency: string } | undefined> {
  const account = await defaultStore().readAccount(tenant, accountId);
  return account && { accountId, currency: account.currency };
}
