import pLimit from 'p-limit';
import { describeError, writeLog } from '../../../shared/http/log.ts';
import { general } from '../../../shared/problems/general.ts';
import type { Pool } from '../pool.ts';
import { planPolicy } from '../runs/start-run.ts';
import type { AccountClaim } from '../store-claims.ts';
import type { PoolingTools } from '../tools.ts';
import { writeOrAskAgain } from '../write-or-ask-again.ts';
import { investmentPointer } from './require-members.ts';
import { requireClaimable, type Wanted } from './stale-claims.ts';

/** Accounts claimed in one transaction. */
const claimsPerWriteMax = 50;
const writesAtOnceMax = 16;

/**
 * Claims accounts for the next configuration of a pool, also those that it has: a release that comes late frees only what
 * an earlier version claimed. Nothing is written where another pool has one of them.
 *
 * Problems: those of `requireClaimable`.
 */
export async function claimAccounts(
  tools: PoolingTools,
  pool: Pool,
  accountIds: readonly string[],
  investmentAccountId: string | undefined,
  now: Date,
): Promise<void> {
  const pointerOf = (accountId: string) =>
    accountId === investmentAccountId ? investmentPointer : `/members/${accountIds.indexOf(accountId)}/accountId`;
  const wanted: Wanted = { tenant: pool.tenant, poolId: pool.id, version: pool.configVersion + 1, pointerOf };
  const stale = await requireClaimable(tools, wanted, accountIds, now);
  const limit = pLimit(writesAtOnceMax);
  const parts: string[][] = [];
  for (let start = 0; start < accountIds.length; start += claimsPerWriteMax)
    parts.push(accountIds.slice(start, start + claimsPerWriteMax));
  await Promise.all(parts.map((some) => limit(() => claimSome(tools, wanted, some, stale, now))));
}

async function claimSome(
  tools: PoolingTools,
  wanted: Wanted,
  accountIds: readonly string[],
  first: ReadonlyMap<string, AccountClaim>,
  now: Date,
): Promise<void> {
  const { store } = tools;
  const { tenant, poolId, version } = wanted;
  let stale = first;
  for (let attempt = 1; attempt <= planPolicy.attemptsMax; attempt++) {
    const claims = accountIds.map((accountId) => ({ accountId, poolId, version, claimedAt: now.toISOString() }));
    const puts = claims.map((claim) => store.putClaim(tenant, claim, stale.get(claim.accountId)));
    if (await writeOrAskAgain(() => store.transact(puts))) return;
    stale = await requireClaimable(tools, wanted, accountIds, now);
  }
  throw general['conflict-retry'].with({ detail: 'The accounts are being claimed by others. Send the request again.' });
}

/**
 * Frees accounts that the configuration of this version left out. One that cannot be freed at the moment stays behind in
 * no configuration; whoever wants it takes it over.
 */
export async function releaseAccounts(
  { store }: PoolingTools,
  { tenant, id }: Pool,
  accountIds: readonly string[],
  version: number,
): Promise<void> {
  const limit = pLimit(writesAtOnceMax);
  const release = async (accountId: string) => {
    try {
      await writeOrAskAgain(() => store.releaseClaim(tenant, id, accountId, version));
    } catch (error) {
      writeLog({ level: 'WARN', message: 'account not released', poolId: id, accountId, error: describeError(error) });
    }
  };
  await Promise.all(accountIds.map((accountId) => limit(() => release(accountId))));
}
