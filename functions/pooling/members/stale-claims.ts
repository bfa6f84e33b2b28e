import { general } from '../../../shared/problems/general.ts';
import { MINUTE_MS } from '../../../shared/time/durations.ts';
import type { Pool } from '../pool.ts';
import { planPolicy } from '../runs/start-run.ts';
import type { AccountClaim } from '../store-claims.ts';
import type { PoolingTools } from '../tools.ts';
import { writeOrAskAgain } from '../write-or-ask-again.ts';
import { boundAccounts } from './investment.ts';
import { readConfiguration } from './read-configuration.ts';
import { changedMeanwhile, inOtherPool } from './require-members.ts';

/** No request lasts so long: a claim that is older and in no configuration was left by one that broke off. */
const leftAfterMs = 15 * MINUTE_MS;

export interface Wanted {
  readonly tenant: string;
  /** The pool that wants the accounts, and for which version of its configuration; 0 for its header. */
  readonly poolId: string;
  readonly version: number;
  /** Where in the request an account stands. */
  readonly pointerOf: (accountId: string) => string;
}

/** Another pool that has claims on accounts that are wanted. */
interface Owner {
  readonly pool: Pool;
  /** All that its configuration binds. */
  readonly members: ReadonlySet<string>;
}

/**
 * Makes sure that these accounts may be claimed. Returns the claims of other pools that broke off before they came into
 * force; they may be taken over as they stand.
 *
 * Before claims of an attempt that might still come into force are handed out, its pool is fenced: no attempt begun before
 * that comes into force any more, so that no account ends in two pools, however slow a process is.
 *
 * Problems: `pooling/account-in-other-pool`; `pooling/version-conflict` where the pool has gone on to a later version;
 * `request/conflict-retry`.
 */
export async function requireClaimable(
  tools: PoolingTools,
  wanted: Wanted,
  accountIds: readonly string[],
  now: Date,
): Promise<Map<string, AccountClaim>> {
  for (let attempt = 1; attempt <= planPolicy.attemptsMax; attempt++) {
    const claims = await tools.store.readClaims(wanted.tenant, accountIds);
    const standing = accountIds.flatMap((accountId) => claims.get(accountId) ?? []);
    if (standing.some(({ poolId, version }) => poolId === wanted.poolId && version > wanted.version))
      throw changedMeanwhile();
    const foreign = standing.filter(({ poolId }) => poolId !== wanted.poolId);
    const owners = await readOwners(tools, wanted.tenant, foreign);
    for (const claim of foreign) {
      if (await isHeld(tools, claim, owners.get(claim.poolId), now))
        throw inOtherPool(claim.accountId, claim.poolId, wanted.pointerOf(claim.accountId));
    }
    if (await fence(tools, foreign, owners)) return new Map(foreign.map((claim) => [claim.accountId, claim]));
  }
  throw general['conflict-retry'].with({ detail: 'The accounts are being changed by others. Send the request again.' });
}

async function readOwners(tools: PoolingTools, tenant: string, claims: readonly AccountClaim[]) {
  const owners = new Map<string, Owner>();
  for (const poolId of new Set(claims.map((claim) => claim.poolId))) {
    const pool = await tools.store.readPool(tenant, poolId);
    if (!pool) continue;
    owners.set(poolId, { pool, members: new Set(boundAccounts(await readConfiguration(tools, pool))) });
  }
  return owners;
}

/** Whether the account is part of that pool, or may be about to become one. */
async function isHeld(tools: PoolingTools, claim: AccountClaim, owner: Owner | undefined, now: Date): Promise<boolean> {
  if (!owner) return false;
  const { pool, members } = owner;
  const { accountId } = claim;
  if (accountId === pool.headerAccountId || accountId === pool.rootAccountId || members.has(accountId)) return true;
  if (pool.kind === 'LEDGER' && (await tools.store.readLedger(pool.tenant, pool.id, accountId))) return true;
  return mayComeIntoForce(claim, pool) && now.getTime() - Date.parse(claim.claimedAt) < leftAfterMs;
}

/** A version that another one has overtaken never does. */
function mayComeIntoForce({ version }: AccountClaim, { configVersion }: Pool): boolean {
  return version > configVersion;
}

/** False where a pool changed since it was read. */
async function fence({ store }: PoolingTools, claims: readonly AccountClaim[], owners: ReadonlyMap<string, Owner>) {
  const slow = claims.flatMap((claim) => {
    const pool = owners.get(claim.poolId)?.pool;
    return pool && mayComeIntoForce(claim, pool) ? [pool] : [];
  });
  for (const pool of new Set(slow)) {
    const fenced = { ...pool, fence: (pool.fence ?? 0) + 1 };
    if (!(await writeOrAskAgain(() => store.transact([store.putPool(fenced, pool)])))) return false;
  }
  return true;
}
