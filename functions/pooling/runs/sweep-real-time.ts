import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { backOff } from '../../../shared/concurrency/backoff.ts';
import { classifyWriteFailure } from '../../../shared/dynamo/failure.ts';
import { deriveId, newId } from '../../../shared/identifiers/id.ts';
import { general } from '../../../shared/problems/general.ts';
import { sweptTree } from '../members/investment.ts';
import { readConfiguration } from '../members/read-configuration.ts';
import type { Cause, Pool } from '../pool.ts';
import { nodesOf, pathMembers, type Reading, readPath } from '../read-situation.ts';
import { observed, stateOf } from '../sweeps/member-states.ts';
import { planRealTime } from '../sweeps/real-time.ts';
import { standingAgreement } from '../sweeps/rule-in-force.ts';
import { statesAfter } from '../sweeps/states-after.ts';
import type { PoolingTools } from '../tools.ts';
import { storedPlan, totalsOf } from './plan-run.ts';
import type { Run } from './run.ts';
import { planPolicy } from './start-run.ts';

/** Money that came to a member from outside the pool. */
export interface Credit {
  readonly accountId: string;
  readonly transferId: string;
  /** Minor units. */
  readonly amount: bigint;
  readonly cause: Cause;
}

/**
 * Starts the sweep in real time that a credit sets off, where an agreement has it so; the stream carries it out. The same
 * credit told twice sets off one sweep. Returns nothing where nothing is to move.
 */
export async function sweepInRealTime(
  tools: PoolingTools,
  pool: Pool,
  credit: Credit,
  now: Date,
): Promise<Run | undefined> {
  return await startSweep(tools, pool, credit, sweepId(pool, credit), now);
}

/**
 * Plans a sweep anew that found less than it was planned with, because another was carried out first: what is there now may
 * still have to go up. Once: a sweep that was planned anew is not again.
 */
export async function sweepAgain(tools: PoolingTools, { origin, ...run }: Run, now: Date): Promise<Run | undefined> {
  const pool = origin && (await tools.store.readPool(run.tenant, run.poolId));
  if (!pool || run.id !== sweepId(pool, origin)) return undefined;
  return await startSweep(
    tools,
    pool,
    { ...origin, amount: 0n, cause: run.cause },
    sweepId(pool, origin, 'again'),
    now,
  );
}

function sweepId(pool: Pool, { transferId, accountId }: Pick<Credit, 'transferId' | 'accountId'>, ...more: string[]) {
  return deriveId('run', pool.tenant, pool.id, 'credit', transferId, accountId, ...more);
}

async function startSweep(
  tools: PoolingTools,
  pool: Pool,
  credit: Credit,
  id: string,
  now: Date,
): Promise<Run | undefined> {
  const { store } = tools;
  const { configuration } = sweptTree(pool, await readConfiguration(tools, pool));
  const [member] = pathMembers(configuration, credit.accountId);
  if (!member?.up.some(({ trigger }) => trigger === 'REAL_TIME')) return undefined;
  for (let attempt = 1; attempt <= planPolicy.attemptsMax; attempt++) {
    const earlier = await store.readRun(pool.tenant, id);
    if (earlier) return earlier;
    const reading = beforeCredit(await readPath(tools, pool, credit.accountId, now), credit);
    const found = planned(reading, credit, id, now);
    if (!found) return undefined;
    const { run, plan } = found;
    try {
      await store.writePlan(run, plan);
      const states = statesAfter(reading.situation, plan.blocks.flat(), run.businessDate);
      await store.transact([store.putRun(run), ...store.putStates(pool, reading.states, states)]);
      return run;
    } catch (error) {
      if (classifyWriteFailure(error) === 'FATAL') throw error;
      await backOff(attempt, planPolicy);
    }
  }
  throw general['conflict-retry'].with({ detail: 'The pool is being changed by others. Nothing was swept yet.' });
}

/** Of the parent's money no more is there than what was there before the credit came. */
function beforeCredit(reading: Reading, { accountId, amount }: Credit): Reading {
  const { situation } = reading;
  const figures = situation.accounts.get(accountId);
  if (!figures) return reading;
  const [member] = situation.configuration.members;
  if (!member) return reading;
  const state = stateOf(situation.states, member);
  const seen = observed(state, figures.posted - figures.pendingOut - figures.frozen - amount);
  return { ...reading, situation: { ...situation, states: new Map(situation.states).set(accountId, seen) } };
}

function planned(reading: Reading, credit: Credit, id: string, now: Date) {
  const { pool, situation } = reading;
  const { configuration } = situation;
  const businessDate = businessDateOf(now);
  const { nodes, loans } = nodesOf(reading, { trigger: 'REAL_TIME', businessDate, runNumber: 1 });
  const [header, ...path] = nodes;
  if (!header) return undefined;
  const [member] = configuration.members;
  const levels = (member && standingAgreement(member.up, 'REAL_TIME', businessDate)?.levels) ?? 1;
  const { legs } = planRealTime([...path, header], levels, loans);
  if (legs.length === 0) return undefined;
  const run: Run = {
    id,
    tenant: pool.tenant,
    poolId: pool.id,
    currency: pool.currency,
    trigger: 'REAL_TIME',
    startedBy: 'EVENT',
    businessDate,
    origin: { accountId: credit.accountId, transferId: credit.transferId },
    status: 'RUNNING',
    configVersion: configuration.version,
    planId: newId('plan', now),
    legs: legs.length,
    idle: 0,
    planned: totalsOf(legs),
    startedAt: now.toISOString(),
    cause: credit.cause,
  };
  return { run, plan: storedPlan({ legs, idle: [] }, nodes, loans, configuration) };
}
