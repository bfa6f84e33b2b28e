/**
 * Where things lie in the ledger's table. A partition of its own for each account's chain and each record, so that no key
 * is hotter than what is posted to it.
 */
export const hotShards = 16;

const versionDigits = 12;

/** No version comes after it. */
export const lastVersion = 10 ** versionDigits - 1;

export const keys = {
  /** The list of a tenant's accounts: what never changes about each. */
  accounts: (tenant: string) => `${tenant}#ACCOUNTS`,
  /** An account's chain of versions (V#) and folds (F#). */
  chain: (tenant: string, accountId: string) => `${tenant}#${accountId}`,
  version: (version: number) => `V#${String(version).padStart(versionDigits, '0')}`,
  fold: (version: number) => `F#${String(version).padStart(versionDigits, '0')}`,
  /** The record of a key: a transfer, a change, a refusal. A transfer's id and the record's differ in the prefix only. */
  record: (tenant: string, id: string) => `${tenant}#K#${id.slice(id.indexOf('_') + 1)}`,
  recordSort: 'K',
  /** Which account has a bank account number, by keyed hash. */
  number: (tenant: string, numberHash: string) => `${tenant}#N#${numberHash}`,
  numberSort: 'N',
  /** Postings to a hot account that wait to be folded in. */
  hot: (tenant: string, accountId: string, shard: number) => `${tenant}#${accountId}#H${shard}`,
  /** The oldest first. */
  hotSort: (at: string, postingId: string) => `${at}#${postingId}`,
  /** The list of hot accounts, for the job that folds what the stream did not. */
  hotAccounts: '#HOT-ACCOUNTS',
} as const;

/** The tenant that an item belongs to, by its partition key. Tenant names hold no '#'. */
export function tenantOf(pk: string): string {
  return pk.slice(0, pk.indexOf('#'));
}

/** Spreads the waiting postings of a hot account over its shards, by the posting's id. */
export function hotShardOf(postingId: string): number {
  let sum = 0;
  for (let index = postingId.length - 4; index < postingId.length; index++) sum += postingId.charCodeAt(index);
  return sum % hotShards;
}
