import { backOff } from '../../shared/concurrency/backoff.ts';
import { classifyWriteFailure } from '../../shared/dynamo/failure.ts';
import type { KeyClaim } from '../../shared/http/key-claim.ts';
import { requireSameRequest } from '../../shared/http/key-claim.ts';
import { general } from '../../shared/problems/general.ts';
import type { LedgerAccount } from '../ledger/published.ts';
import { finishOpening } from './ledgers/finish-opening.ts';
import { openLedgerPool, requireBindable } from './ledgers/open-ledger-pool.ts';
import { accountNotFound, requireAllowed } from './members/require-members.ts';
import { requireClaimable } from './members/stale-claims.ts';
import type { Pool, PoolKind } from './pool.ts';
import { planPolicy } from './runs/start-run.ts';
import type { PoolingTools } from './tools.ts';

export interface PoolRequest {
  readonly name: string;
  readonly currency: string;
  readonly kind: PoolKind;
  readonly headerAccountId: string;
}

/**
 * Creates a pool around its header; the same key creates it once. A LEDGER pool is stored as being opened before its book
 * is bound to the real account, so that one that breaks off is carried on: by the same request, or by the job.
 *
 * Problems: `pooling/account-not-found`, `account-not-allowed`, `account-in-other-pool`, `currency-mismatch`;
 * `request/idempotency-key-reused`, `request/conflict-retry`.
 */
export async function createPool(
  tools: PoolingTools,
  tenant: string,
  request: PoolRequest,
  claim: KeyClaim,
  now: Date,
): Promise<Pool> {
  const { store } = tools;
  for (let attempt = 1; attempt <= planPolicy.attemptsMax; attempt++) {
    const earlier = await store.readPool(tenant, claim.id);
    if (earlier) {
      await requireSameRequest(store, tenant, claim);
      return await opened(tools, earlier, now);
    }
    const header = await findHeader(tools, tenant, request, claim);
    const wanted = { tenant, poolId: claim.id, version: 0, pointerOf: () => '/headerAccountId' };
    const stale = await requireClaimable(tools, wanted, [header.id], now);
    const pool = await newPool(tools, tenant, request, header, claim, now);
    const claims = [...new Set([pool.headerAccountId, pool.rootAccountId])].map((accountId) =>
      store.putClaim(
        tenant,
        { accountId, poolId: pool.id, version: 0, claimedAt: pool.createdAt },
        stale.get(accountId),
      ),
    );
    try {
      await store.createPool(pool, claim, claims);
    } catch (error) {
      if (classifyWriteFailure(error) === 'FATAL') throw error;
      await backOff(attempt, planPolicy);
      continue;
    }
    return await opened(tools, pool, now);
  }
  throw general['conflict-retry'].with({
    detail: 'The pool could not be created at the moment. Send the request again.',
  });
}

async function opened(tools: PoolingTools, pool: Pool, now: Date): Promise<Pool> {
  const end = await finishOpening(tools, pool, now);
  if (end.outcome === 'REFUSED') throw end.problem;
  return end.pool;
}

/** The account, if it may be a header. Bound to this very pool it was by the same request a moment ago. */
async function findHeader(
  { ledger }: PoolingTools,
  tenant: string,
  { headerAccountId, kind, currency }: PoolRequest,
  { id }: Pick<KeyClaim, 'id'>,
): Promise<LedgerAccount> {
  const header = (await ledger.readAccounts(tenant, [headerAccountId])).get(headerAccountId);
  if (!header) throw accountNotFound(headerAccountId, '/headerAccountId');
  if (header.book?.id === id) return header;
  requireAllowed({ id, kind: 'PHYSICAL', currency }, header, '/headerAccountId');
  if (kind === 'LEDGER') requireBindable(header, '/headerAccountId');
  return header;
}

async function newPool(
  tools: PoolingTools,
  tenant: string,
  request: PoolRequest,
  header: LedgerAccount,
  { id, cause, operation, key }: KeyClaim,
  now: Date,
): Promise<Pool> {
  const top =
    request.kind === 'LEDGER'
      ? {
          ...(await openLedgerPool(tools, { tenant, poolId: id, real: header, cause }, now)),
          opening: { operation, key },
        }
      : { rootAccountId: header.id };
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
