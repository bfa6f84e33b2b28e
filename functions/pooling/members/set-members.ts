import { backOff } from '../../../shared/concurrency/backoff.ts';
import { classifyWriteFailure } from '../../../shared/dynamo/failure.ts';
import { newId } from '../../../shared/identifiers/id.ts';
import { general } from '../../../shared/problems/general.ts';
import { openLoanBooks } from '../loans/open-loan-books.ts';
import type { Cause, Configuration, Pool } from '../pool.ts';
import { nextRunOf } from '../runs/next-run.ts';
import { planPolicy } from '../runs/start-run.ts';
import type { PoolingTools } from '../tools.ts';
import { claimAccounts, releaseAccounts } from './claim-accounts.ts';
import { boundAccounts } from './investment.ts';
import type { MembersRequest } from './member-shapes.ts';
import { readConfiguration } from './read-configuration.ts';
import { readMembers } from './read-members.ts';
import {
  changedMeanwhile,
  requireAccounts,
  requireLedgersKnown,
  requireOpen,
  requireSense,
  requireVersion,
} from './require-members.ts';

/**
 * Replaces the members of a pool and all that is agreed with them. Everything is checked before anything is written; then
 * the accounts are claimed for the pool, accounts for new loans opened, and the configuration put in force at once. What
 * breaks off before that leaves claims of a version that is not in force, which hold an account for a while at most.
 */
export async function setMembers(
  tools: PoolingTools,
  pool: Pool,
  request: MembersRequest,
  cause: Cause,
  now: Date,
): Promise<Pool> {
  requireOpen(pool);
  requireVersion(pool, request.expectedVersion);
  const accounts = await tools.ledger.readAccounts(pool.tenant, [pool.rootAccountId, ...accountsNamed(request)]);
  requireAccounts(pool, request, accounts);
  const read = readMembers(pool, request, accounts);
  requireSense(pool, read, accounts);
  const before = await readConfiguration(tools, pool);
  const ids = boundAccounts(read);
  if (pool.kind === 'LEDGER') requireLedgersKnown(pool, ids, await tools.store.readMemberships(pool.tenant, ids));
  else await claimAccounts(tools, pool, ids, read.header.investment?.accountId, now);
  const loanBooks =
    pool.kind === 'PHYSICAL' ? await openLoanBooks(tools, pool, read, before.loanBooks, cause, now) : [];
  const { header, members, contracts } = read;
  const configuration = { version: pool.configVersion + 1, header, members, contracts, loanBooks };
  const changed = await putInForce(tools, pool, configuration, cause, now);
  const kept = new Set(ids);
  const released = boundAccounts(before).filter((accountId) => !kept.has(accountId));
  if (pool.kind !== 'LEDGER') await releaseAccounts(tools, pool, released, configuration.version);
  return changed;
}

function accountsNamed({ header, members }: MembersRequest): string[] {
  const investment = header?.investment;
  return [...members.map(({ accountId }) => accountId), ...(investment ? [investment.accountId] : [])];
}

/**
 * Puts the configuration in force. A run that begins meanwhile does not matter; another configuration does, and so does
 * that claims of this attempt were given away because it took too long.
 */
async function putInForce(
  { store }: PoolingTools,
  pool: Pool,
  configuration: Configuration,
  cause: Cause,
  now: Date,
): Promise<Pool> {
  const attempt = newId('cfg', now);
  await store.writeConfiguration(pool, attempt, configuration);
  for (let tries = 1; ; tries++) {
    const current = (await store.readPool(pool.tenant, pool.id)) ?? pool;
    if (current.configAttempt === attempt) return current;
    if (current.configVersion !== pool.configVersion || current.fence !== pool.fence) throw changedMeanwhile();
    if (tries > planPolicy.attemptsMax) throw busy();
    const changed = withConfiguration(current, attempt, configuration, cause, now);
    try {
      await store.transact([store.putPool(changed, current)]);
      return { ...changed, revision: current.revision + 1 };
    } catch (error) {
      if (classifyWriteFailure(error) === 'FATAL') throw error;
      await backOff(tries, planPolicy);
    }
  }
}

function withConfiguration(
  { nextRun: _, ...current }: Pool,
  attempt: string,
  configuration: Configuration,
  cause: Cause,
  now: Date,
): Pool {
  const next = nextRunOf(configuration, now);
  return {
    ...current,
    configVersion: configuration.version,
    configAttempt: attempt,
    members: configuration.members.length,
    ...(next && { nextRun: next }),
    changedAt: now.toISOString(),
    cause,
  };
}

function busy() {
  const detail = 'The pool is being changed by others. Nothing of this request is in force; send it again.';
  return general['conflict-retry'].with({ detail });
}
