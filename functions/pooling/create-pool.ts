import { backOff } from '../../shared/concurrency/backoff.ts';
import { classifyWriteFailure } from '../../shared/dynamo/failure.ts';
import { general } from '../../shared/problems/general.ts';
import { openLedgerPool } from './open-ledger-pool.ts';
import type { Cause, Pool, PoolKind } from './pool.ts';
import { accountNotFound, inOtherPool, requireAllowed } from './require-members.ts';
import { planPolicy } from './start-run.ts';
import type { KeyClaim } from './store-pools.ts';
import type { PoolingTools } from './tools.ts';

export interface PoolRequest {
  readonly name: string;
  readonly currency: string;
  readonly kind: PoolKind;
  readonly headerAccountId: string;
}

/** Creates a pool around its header; the same key creates it once. */
export async function createPool(
  tools: PoolingTools,
  tenant: string,
  request: PoolRequest,
  claim: KeyClaim,
  now: Date,
): Promise<Pool> {
  const { store, ledger } = tools;
  const { headerAccountId, kind, currency } = request;
  for (let attempt = 1; attempt <= planPolicy.attemptsMax; attempt++) {
    const earlier = await store.readPool(tenant, claim.id);
    if (earlier) return earlier;
    const header = (await ledger.readAccounts(tenant, [headerAccountId])).get(headerAccountId);
    if (!header) throw accountNotFound(headerAccountId, '/headerAccountId');
    const owner = (await store.readMemberships(tenant, [headerAccountId])).get(headerAccountId);
    if (owner !== undefined && owner !== claim.id) throw inOtherPool(headerAccountId, owner, '/headerAccountId');
    if (header.book?.id !== claim.id)
      requireAllowed({ id: claim.id, kind: 'PHYSICAL', currency }, header, '/headerAccountId');
    const top =
      kind === 'LEDGER'
        ? await openLedgerPool(tools, { tenant, poolId: claim.id, real: header, cause: claim.cause }, now)
        : { rootAccountId: headerAccountId };
    const pool = newPool(tenant, request, top, claim, now);
    try {
      await store.createPool(pool, claim, [...new Set([headerAccountId, top.rootAccountId])]);
      return pool;
    } catch (error) {
      if (classifyWriteFailure(error) === 'FATAL') throw error;
      await backOff(attempt, planPolicy);
    }
  }
  throw general['conflict-retry'].with({
    detail: 'The pool could not be created at the moment. Send the request again.',
  });
}

function newPool(
  tenant: string,
  request: PoolRequest,
  top: Pick<Pool, 'rootAccountId' | 'book'>,
  { id, cause }: { readonly id: string; readonly cause: Cause },
  now: Date,
): Pool {
  return {
    id,
    tenant,
    ...request,
    ...top,
    revision: 1,
    configVersion: 0,
    members: 0,
    createdAt: now.toISOString(),
    changedAt: now.toISOString(),
    cause,
  };
}
