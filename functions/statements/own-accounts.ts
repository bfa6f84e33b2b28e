import type { Counterparty } from '../../shared/formats/statement-events.ts';
import { numbersOf } from './account-number.ts';
import type { HashNumber } from './present.ts';
import type { StoredStatement } from './stored-statement.ts';

/** Accounts of the tenant's ledger by the keyed hashes of their numbers. */
export type FindOwnAccounts = (tenant: string, numberHashes: readonly string[]) => Promise<ReadonlyMap<string, string>>;

export const noOwnAccounts: FindOwnAccounts = async () => new Map();

/** The account of the tenant's own ledger that a counterparty is. */
export type OwnAccountOf = (counterparty: Counterparty | undefined) => string | undefined;

/**
 * Which counterparties are other accounts of the tenant's own ledger: sweeps, transfers between own accounts,
 * funding. All numbers are looked up together. The statement's own account, which some banks name, is no counterparty.
 */
export async function ownAccountsAmong(
  { tenant, accountId }: StoredStatement,
  parties: readonly (Counterparty | undefined)[],
  find: FindOwnAccounts,
  hash: HashNumber,
): Promise<OwnAccountOf> {
  const hashesOf = ({ account }: Counterparty = {}) =>
    account === undefined ? [] : numbersOf({ number: account }).map(hash);
  const hashes = [...new Set(parties.flatMap(hashesOf))];
  const own = hashes.length === 0 ? new Map<string, string>() : await find(tenant, hashes);
  return (counterparty) =>
    hashesOf(counterparty)
      .flatMap((one) => own.get(one) ?? [])
      .find((id) => id !== accountId);
}
