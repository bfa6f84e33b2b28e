import type { Ledger } from '../tools.ts';

/**
 * Reads the same accounts of the ledger once: for a batch of events, nearly all of one account. What is known of them is as old
 * as the batch at most; where one is not there, they are asked for again.
 */
export function rememberAccounts(readAccounts: Ledger['readAccounts']): Ledger['readAccounts'] {
  const known = new Map<string, Awaited<ReturnType<Ledger['readAccounts']>>>();
  return async (tenant, ids) => {
    const wanted = [...new Set(ids)];
    const key = [tenant, ...wanted].join(' ');
    const accounts = known.get(key) ?? (await readAccounts(tenant, wanted));
    if (accounts.size === wanted.length) known.set(key, accounts);
    return accounts;
  };
}
