import { type BackoffPolicy, backOff } from '../../shared/concurrency/backoff.ts';
import type { Version } from './assemble.ts';
import type { LedgerStore } from './store.ts';
import type { Transfer } from './transfer.ts';

/**
 * A query that runs beside a transaction may see one of its items a moment before another: a version before its
 * transfer. What is missing is looked for again before it counts as missing.
 */
const missingPolicy: BackoffPolicy = { attemptsMax: 4, baseMs: 25, ceilingMs: 200 };

/** Transfers that one step of a longer read takes in. */
export const transfersPerReadMax = 1_000;

/** The transfers with these ids; those that are not there, also not after another look, are left out. */
export async function readTransfers(
  store: LedgerStore,
  tenant: string,
  ids: readonly string[],
): Promise<Map<string, Transfer>> {
  const found = new Map<string, Transfer>();
  let missing = [...new Set(ids)];
  for (let attempt = 1; missing.length > 0; attempt++) {
    for (const record of (await store.readRecords(tenant, missing)).values()) {
      if (record.outcome === 'TRANSFER') found.set(record.id, record.transfer);
    }
    missing = missing.filter((id) => !found.has(id));
    if (missing.length === 0 || attempt >= missingPolicy.attemptsMax) break;
    await backOff(attempt, missingPolicy);
  }
  return found;
}

export interface TakenIn {
  readonly version: Version;
  /** In the groups in which they were hashed; undefined stands for one that is missing. */
  readonly groups: readonly (readonly (Transfer | undefined)[])[];
}

/** What each version took in; of a hot account's version what its fold lists. */
export async function readTakenIn(
  store: LedgerStore,
  tenant: string,
  versions: readonly Version[],
): Promise<TakenIn[]> {
  const idsOf = await Promise.all(versions.map((version) => idsTakenIn(store, tenant, version)));
  const transfers = await readTransfers(store, tenant, idsOf.flat(2));
  return versions.map((version, index) => ({
    version,
    groups: (idsOf[index] ?? []).map((ids) => ids.map((id) => transfers.get(id))),
  }));
}

async function idsTakenIn(store: LedgerStore, tenant: string, version: Version): Promise<(readonly string[])[]> {
  const { accountId, hot, version: number } = version.state;
  if (!hot) return [version.transfers];
  return (await store.readFold(tenant, accountId, number)).map(({ transfers }) => transfers);
}

/** The transfers that a version took in, in order. Throws when one is missing: the books are damaged. */
export function transfersIn({ version, groups }: TakenIn): Transfer[] {
  return groups.flat().map((transfer) => {
    if (transfer) return transfer;
    const { accountId, version: number } = version.state;
    throw new Error(`A transfer of version ${number} of ${accountId} is missing from the ledger.`);
  });
}

/** Versions in portions that are read in one step each; a version of a hot account stands for a whole fold. */
export function portionsOf(versions: readonly Version[]): Version[][] {
  const portions: Version[][] = [];
  let transfers = transfersPerReadMax;
  for (const version of versions) {
    const weight = version.state.hot ? transfersPerReadMax : version.transfers.length;
    if (transfers + weight > transfersPerReadMax || portions.length === 0) {
      portions.push([]);
      transfers = 0;
    }
    portions.at(-1)?.push(version);
    transfers += weight;
  }
  return portions;
}
