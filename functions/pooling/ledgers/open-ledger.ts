import { backOff } from '../../../shared/concurrency/backoff.ts';
import { classifyWriteFailure } from '../../../shared/dynamo/failure.ts';
import type { KeyClaim } from '../../../shared/http/key-claim.ts';
import { requireSameRequest } from '../../../shared/http/key-claim.ts';
import { maskAccount } from '../../../shared/identifiers/mask.ts';
import { general } from '../../../shared/problems/general.ts';
import type { Constraint } from '../../ledger/published.ts';
import type { Pool } from '../pool.ts';
import { problems } from '../problems.ts';
import { planPolicy } from '../runs/start-run.ts';
import type { PoolingTools } from '../tools.ts';
import type { LedgerPurpose, PoolLedger } from './pool-ledger.ts';
import { requireCurrency, requireLedgerPool } from './require-ledger-pool.ts';

interface Money {
  readonly minor: bigint;
  readonly currency: string;
}

export interface LedgerRequest {
  readonly name: string;
  /** Default: who holds the real account. */
  readonly holder?: string | undefined;
  readonly purpose: LedgerPurpose;
  /** One of the two at most; neither: not below zero. */
  readonly minBalance?: Money | undefined;
  readonly overdraftLimit?: Money | undefined;
  /** In their one spelling, each once. */
  readonly virtualAccounts: readonly string[];
  readonly references?: Readonly<Record<string, string>> | undefined;
}

interface Opening {
  readonly pool: Pool;
  readonly request: LedgerRequest;
  readonly claim: KeyClaim;
  readonly constraint: Constraint;
  /** Masked numbers by keyed hash. */
  readonly numbers: ReadonlyMap<string, string>;
}

/**
 * Opens an internal ledger in the book of a LEDGER pool and takes its virtual account numbers, once per key. It stands
 * below the main ledger, without agreements, until the members are set.
 *
 * Problems: `pooling/kind-not-fitting`, `pooling/currency-mismatch`, `pooling/virtual-account-taken`,
 * `request/conflict-retry`.
 */
export async function openLedger(
  tools: PoolingTools,
  pool: Pool,
  request: LedgerRequest,
  claim: KeyClaim,
  now: Date,
): Promise<PoolLedger> {
  requireLedgerPool(pool);
  const constraint = constraintOf(pool, request);
  const numbers = new Map(
    request.virtualAccounts.map((number) => [tools.hashNumber(number), maskAccount(number)] as const),
  );
  const opening = { pool, request, claim, constraint, numbers };
  for (let attempt = 1; attempt <= planPolicy.attemptsMax; attempt++) {
    const earlier = await readEarlier(tools, pool, claim);
    if (earlier) return earlier;
    await requireFree(tools, opening);
    const ledger = await openOne(tools, opening, now);
    try {
      const accountId = ledger.accountId;
      await tools.store.transact([
        ...tools.store.putLedger(ledger, numbers),
        tools.store.putKey(pool.tenant, { ...claim, id: accountId }),
      ]);
      return ledger;
    } catch (error) {
      if (classifyWriteFailure(error) === 'FATAL') throw error;
      await backOff(attempt, planPolicy);
    }
  }
  const detail = 'The ledger could not be opened at the moment. Send the request again.';
  throw general['conflict-retry'].with({ detail });
}

function constraintOf(pool: Pool, { minBalance, overdraftLimit }: LedgerRequest): Constraint {
  if (minBalance) requireCurrency(pool, minBalance.currency, '/minBalance');
  if (overdraftLimit) requireCurrency(pool, overdraftLimit.currency, '/overdraftLimit');
  if (overdraftLimit) return { type: 'OVERDRAFT_LIMIT', minor: overdraftLimit.minor };
  return { type: 'MIN_BALANCE', minor: minBalance?.minor ?? 0n };
}

/** What the key opened before. */
async function readEarlier({ store }: PoolingTools, pool: Pool, claim: KeyClaim): Promise<PoolLedger | undefined> {
  const record = await requireSameRequest(store, pool.tenant, claim);
  return record && (await store.readLedger(pool.tenant, pool.id, record.id));
}

async function requireFree({ store }: PoolingTools, { pool, request, numbers }: Opening): Promise<void> {
  const hashes = [...numbers.keys()];
  const taken = await store.readVirtualAccounts(pool.tenant, hashes);
  const errors = hashes.flatMap((hash, index) => {
    const detail = `${maskAccount(request.virtualAccounts[index] ?? '')} leads to a ledger already.`;
    return taken.has(hash) ? [{ pointer: `/virtualAccounts/${index}`, detail }] : [];
  });
  const [first] = errors;
  if (first) throw problems['virtual-account-taken'].with({ detail: first.detail }).at(...errors);
}

/**
 * The account comes before the items that tell of it; where the process breaks off in between, the same request finds it
 * again, and else it stays empty. Its name holds the fingerprint, so that another request never gets it.
 */
async function openOne(tools: PoolingTools, { pool, request, claim, constraint }: Opening, now: Date) {
  const { tenant, id: poolId, currency } = pool;
  const { name, purpose, references = {} } = request;
  const holder = request.holder ?? (await holderOfReal(tools, pool));
  const accountId = await tools.ledger.openAccountOnce(
    tenant,
    {
      name: ['pooling', poolId, 'ledger', claim.key, claim.fingerprint],
      account: { currency, holder, name, purpose, references },
      constraint,
      book: { id: poolId, role: purpose === 'INCOME' ? 'INCOME' : 'LEDGER' },
      cause: claim.cause,
    },
    now,
  );
  const ledger: PoolLedger = {
    tenant,
    poolId,
    accountId,
    name,
    holder,
    purpose,
    virtualAccounts: request.virtualAccounts.map(maskAccount),
    references,
    openedAt: now.toISOString(),
    cause: claim.cause,
  };
  return ledger;
}

async function holderOfReal({ ledger }: PoolingTools, pool: Pool): Promise<string> {
  const real = (await ledger.readAccounts(pool.tenant, [pool.headerAccountId])).get(pool.headerAccountId);
  if (!real) throw new Error(`The real account ${pool.headerAccountId} of the pool ${pool.id} is not in the ledger.`);
  return real.holder;
}
