import { backOff } from '../../shared/concurrency/backoff.ts';
import { classifyWriteFailure } from '../../shared/dynamo/failure.ts';
import { deriveId } from '../../shared/identifiers/id.ts';
import { loanPairsOf } from './loan-books.ts';
import type { MembersRequest } from './member-shapes.ts';
import { nextRunOf } from './next-run.ts';
import type { Cause, Configuration, LoanBook, Pool } from './pool.ts';
import { problems } from './problems.ts';
import { readConfiguration } from './read-configuration.ts';
import { type ReadMembers, readMembers } from './read-members.ts';
import { inOtherPool, requireAccounts, requireSense, requireVersion } from './require-members.ts';
import { planPolicy } from './start-run.ts';
import type { PoolingTools } from './tools.ts';

/**
 * Replaces the members of a pool and all that is agreed with them. Everything is checked before anything is written; then
 * the accounts are claimed for the pool, accounts for new loans opened, and the configuration put in force at once.
 */
export async function setMembers(
  tools: PoolingTools,
  pool: Pool,
  request: MembersRequest,
  cause: Cause,
  now: Date,
): Promise<Pool> {
  requireVersion(pool, request.expectedVersion);
  const accounts = await tools.ledger.readAccounts(pool.tenant, [
    pool.rootAccountId,
    ...request.members.map(({ accountId }) => accountId),
  ]);
  requireAccounts(pool, request, accounts);
  const read = readMembers(pool, request, accounts);
  requireSense(pool, read, accounts);
  const before = await readConfiguration(tools, pool);
  const ids = read.members.map(({ accountId }) => accountId);
  await claim(tools, pool, ids);
  const loanBooks =
    pool.kind === 'PHYSICAL' ? await openLoanBooks(tools, pool, read, before.loanBooks, cause, now) : [];
  const { header, members, contracts } = read;
  const configuration = { version: pool.configVersion + 1, header, members, contracts, loanBooks };
  const changed = await putInForce(tools, pool, configuration, cause, now);
  const kept = new Set(ids);
  const released = before.members.map(({ accountId }) => accountId).filter((accountId) => !kept.has(accountId));
  if (pool.kind !== 'LEDGER') await tools.store.releaseAccounts(pool.tenant, pool.id, released);
  return changed;
}

/** Takes the accounts for this pool; one that another pool has is told by name. */
async function claim({ store }: PoolingTools, pool: Pool, ids: readonly string[]): Promise<void> {
  const memberships = await store.readMemberships(pool.tenant, ids);
  const foreign = ids.findIndex((id) => memberships.has(id) && memberships.get(id) !== pool.id);
  if (foreign >= 0)
    throw inOtherPool(ids[foreign] ?? '', memberships.get(ids[foreign] ?? '') ?? '', `/members/${foreign}/accountId`);
  const missing = ids.filter((id) => !memberships.has(id));
  try {
    await store.claimAccounts(pool.tenant, pool.id, missing);
  } catch (error) {
    if (classifyWriteFailure(error) !== 'MOVED') throw error;
    const detail = 'Another pool has taken one of the accounts just now.';
    throw problems['account-in-other-pool'].with({ detail }, { cause: error });
  }
}

/** An account for each pair of entities that an edge joins, and one for each second entity; opened once, kept for ever. */
async function openLoanBooks(
  { ledger }: PoolingTools,
  pool: Pool,
  read: ReadMembers,
  known: readonly LoanBook[],
  cause: Cause,
  now: Date,
): Promise<LoanBook[]> {
  const books = [...known];
  const open = (holder: string, name: string, ...key: string[]) =>
    ledger.openAccountOnce(
      pool.tenant,
      {
        name: ['pooling', pool.id, ...key],
        account: { currency: pool.currency, holder, name, purpose: 'LOAN', references: { poolId: pool.id } },
        constraint: { type: 'NONE' },
        cause,
      },
      now,
    );
  for (const { pair, first, second } of loanPairsOf(pool, read)) {
    if (books.some((book) => book.pair === pair)) continue;
    const accountId = await open(first, shortened(`Loan to ${second}`), 'loan', first, second);
    const controlId = await open(second, 'Intercompany loans', 'loans-of', second);
    books.push({ pair, first, second, accountId, controlId });
  }
  return books;
}

function shortened(name: string): string {
  return [...name].slice(0, 140).join('');
}

/** Puts the configuration in force. A run that begins meanwhile does not matter; another configuration does. */
async function putInForce(
  { store }: PoolingTools,
  pool: Pool,
  configuration: Configuration,
  cause: Cause,
  now: Date,
): Promise<Pool> {
  const attempt = deriveId('cfg', pool.id, String(configuration.version), now.toISOString(), cause.requestId);
  await store.writeConfiguration(pool, attempt, configuration);
  const next = nextRunOf(configuration, now);
  for (let tries = 1; tries <= planPolicy.attemptsMax; tries++) {
    const current = (await store.readPool(pool.tenant, pool.id)) ?? pool;
    if (current.configVersion !== pool.configVersion) throw changedMeanwhile();
    const { nextRun: _, ...rest } = current;
    const changed: Pool = {
      ...rest,
      configVersion: configuration.version,
      configAttempt: attempt,
      members: configuration.members.length,
      ...(next && { nextRun: next }),
      changedAt: now.toISOString(),
      cause,
    };
    try {
      await store.transact([store.putPool(changed, current)]);
      return changed;
    } catch (error) {
      if (classifyWriteFailure(error) === 'FATAL') throw error;
      await backOff(tries, planPolicy);
    }
  }
  throw changedMeanwhile();
}

function changedMeanwhile() {
  const detail = 'The pool was changed while its members were being set. Nothing of this request is in force.';
  return problems['version-conflict'].with({ detail });
}
