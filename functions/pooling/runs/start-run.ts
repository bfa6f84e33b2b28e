import { type BackoffPolicy, backOff } from '../../../shared/concurrency/backoff.ts';
import { classifyWriteFailure } from '../../../shared/dynamo/failure.ts';
import { deriveId, newId } from '../../../shared/identifiers/id.ts';
import { general } from '../../../shared/problems/general.ts';
import type { Cause, Configuration, MemberState, Pool, RunNumber } from '../pool.ts';
import { problems } from '../problems.ts';
import { nodesOf, type Reading, readSituationAt } from '../read-situation.ts';
import { planSweeps } from '../sweeps/plan-sweeps.ts';
import { statesAfter } from '../sweeps/states-after.ts';
import type { PoolingTools } from '../tools.ts';
import { nextRunOf } from './next-run.ts';
import { storedPlan, totalsOf } from './plan-run.ts';
import type { Run, StoredPlan } from './run.ts';

export const planPolicy: BackoffPolicy = { attemptsMax: 8, baseMs: 20, ceilingMs: 1_000 };

export interface RunRequest extends RunNumber {
  readonly startedBy: 'SCHEDULE' | 'HAND';
  readonly cause: Cause;
}

export function runIdOf(pool: Pick<Pool, 'tenant' | 'id'>, { businessDate, runNumber }: RunNumber): string {
  return deriveId('run', pool.tenant, pool.id, businessDate, String(runNumber));
}

/**
 * Starts a run: plans it and stores the plan, which is fixed from then on; the stream carries it out. A run is unique per
 * pool, business date and number: asked for again, the first is the answer.
 *
 * What the limits leave is taken in the same transaction in which the run begins to exist, so that no other run and no
 * sweep in real time can take it too. Problems: `pooling/pool-not-found`, `run-out-of-order`, `run-under-way`, `calendar-not-published`,
 * `kind-not-fitting`, `request/conflict-retry`.
 */
export async function startRun(
  tools: PoolingTools,
  tenant: string,
  poolId: string,
  request: RunRequest,
  now: Date,
): Promise<Run> {
  const { store } = tools;
  for (let attempt = 1; attempt <= planPolicy.attemptsMax; attempt++) {
    const pool = await store.readPool(tenant, poolId);
    if (!pool) throw problems['pool-not-found'].with({ detail: `There is no pool ${poolId}.`, poolId });
    const earlier = await store.readRun(tenant, runIdOf(pool, request));
    if (earlier) return earlier;
    requireSwept(pool);
    requireOrder(pool, request);
    await requireEnded(tools, pool);
    const reading = await readSituationAt(tools, pool, request.businessDate, now);
    const { run, plan, states } = planned(reading, request, now);
    try {
      await store.writePlan(run, plan);
      const { businessDate, runNumber } = request;
      const moved = {
        ...withNextRun(pool, reading.situation.configuration, request),
        lastRun: { businessDate, runNumber },
      };
      await store.transact([
        store.putRun(run),
        store.putPool(moved, pool),
        ...store.putStates(pool, reading.states, states),
      ]);
      return run;
    } catch (error) {
      if (classifyWriteFailure(error) === 'FATAL') throw error;
      await backOff(attempt, planPolicy);
    }
  }
  throw general['conflict-retry'].with({ detail: 'The pool is being changed by others. Nothing was started.' });
}

/**
 * A run of the schedule makes way for the next; one begun by hand leaves the schedule as it is, and so does one whose place
 * in the schedule another has taken meanwhile.
 */
function withNextRun(pool: Pool, configuration: Configuration, request: RunRequest): Pool {
  const { nextRun: due, ...rest } = pool;
  if (request.startedBy === 'HAND' || !due || !('at' in due)) return pool;
  if (due.businessDate !== request.businessDate || due.runNumber !== request.runNumber) return pool;
  const next = nextRunOf(configuration, new Date(due.at));
  return { ...rest, ...(next && { nextRun: next }) };
}

export function requireSwept(pool: Pool): void {
  if (pool.kind !== 'NOTIONAL') return;
  throw problems['kind-not-fitting'].with({ detail: 'In a notional pool nothing is swept.', kind: pool.kind });
}

/** One run of a pool at a time: two planned on the same balances would fund the same need twice. */
async function requireEnded({ store }: PoolingTools, pool: Pool): Promise<void> {
  const { lastRun } = pool;
  const run = lastRun && (await store.readRun(pool.tenant, runIdOf(pool, lastRun)));
  if (!run || run.ended) return;
  const detail = `Run ${run.runNumber} of ${run.businessDate} is still being carried out.`;
  throw problems['run-under-way'].with({ detail, runId: run.id });
}

function requireOrder({ lastRun }: Pool, { businessDate, runNumber }: RunNumber): void {
  if (!lastRun) return;
  if (businessDate >= lastRun.businessDate) return;
  const detail = `Run ${lastRun.runNumber} of ${lastRun.businessDate} has been started; run ${runNumber} of ${businessDate} is dated before it.`;
  throw problems['run-out-of-order'].with({ detail, lastRun }).at({ pointer: '/businessDate', detail });
}

function planned(
  reading: Reading,
  request: RunRequest,
  now: Date,
): { run: Run; plan: StoredPlan; states: MemberState[] } {
  const { pool, situation } = reading;
  const { businessDate, runNumber, startedBy, cause } = request;
  const { nodes, loans } = nodesOf(reading, { trigger: 'SCHEDULED', businessDate, runNumber });
  const swept = planSweeps(nodes, loans);
  const plan = storedPlan(swept, nodes, loans, situation.configuration);
  const run: Run = {
    id: runIdOf(pool, request),
    tenant: pool.tenant,
    poolId: pool.id,
    currency: pool.currency,
    trigger: 'SCHEDULED',
    startedBy,
    businessDate,
    runNumber,
    status: 'RUNNING',
    configVersion: situation.configuration.version,
    planId: newId('plan', now),
    legs: swept.legs.length,
    idle: swept.idle.length,
    planned: totalsOf(swept.legs),
    startedAt: now.toISOString(),
    cause,
  };
  return { run, plan, states: statesAfter(situation, swept.legs, businessDate) };
}
