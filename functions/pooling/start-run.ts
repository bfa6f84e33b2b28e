import { type BackoffPolicy, backOff } from '../../shared/concurrency/backoff.ts';
import { classifyWriteFailure } from '../../shared/dynamo/failure.ts';
import { deriveId, newId } from '../../shared/identifiers/id.ts';
import { general } from '../../shared/problems/general.ts';
import { nextRunOf } from './next-run.ts';
import { storedPlan, totalsOf } from './plan-run.ts';
import {
  type Cause,
  type Configuration,
  freshState,
  type Member,
  type MemberState,
  type Pool,
  type RunNumber,
} from './pool.ts';
import { problems } from './problems.ts';
import { nodesOf, type Reading, readSituation } from './read-situation.ts';
import type { Run, StoredPlan } from './run.ts';
import { afterMovement, type EdgeMovement, observed } from './sweeps/member-states.ts';
import { planSweeps } from './sweeps/plan-sweeps.ts';
import type { PoolingTools } from './tools.ts';

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
 * sweep in real time can take it too. Problems: `pooling/pool-not-found`, `run-out-of-order`, `calendar-not-published`,
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
    const reading = await readSituation(tools, pool, now);
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

function requireOrder({ lastRun }: Pool, { businessDate, runNumber }: RunNumber): void {
  if (!lastRun) return;
  const isLater =
    businessDate > lastRun.businessDate || (businessDate === lastRun.businessDate && runNumber > lastRun.runNumber);
  if (isLater) return;
  const detail = `Run ${lastRun.runNumber} of ${lastRun.businessDate} has been started; run ${runNumber} of ${businessDate} lies before it.`;
  throw problems['run-out-of-order'].with({ detail, lastRun }).at({ pointer: '/businessDate', detail });
}

function planned(
  reading: Reading,
  request: RunRequest,
  now: Date,
): { run: Run; plan: StoredPlan; states: MemberState[] } {
  const { pool, situation } = reading;
  const { businessDate, runNumber, startedBy, cause } = request;
  const { nodes, loans } = nodesOf(reading, { trigger: 'SCHEDULED', businessDate, runNumber, startedBy });
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
  return { run, plan, states: statesAfter(reading, swept.legs, businessDate) };
}

/** The members' states once all legs have moved; only those that change. */
export function statesAfter(
  { situation }: Pick<Reading, 'situation'>,
  legs: readonly EdgeMovement[],
  businessDate: string,
): MemberState[] {
  const { configuration, accounts } = situation;
  const legOf = new Map(legs.map((leg) => [leg.accountId, leg]));
  const changes = changesBy(legs, configuration);
  return configuration.members.flatMap((member) => {
    const { accountId } = member;
    const before = situation.states.get(accountId) ?? freshState(accountId);
    const figures = accounts.get(accountId);
    const available = figures && figures.posted - figures.pendingOut - figures.frozen;
    const seen = available === undefined ? before : observed(before, available);
    const leg = legOf.get(accountId);
    if (!leg) return seen.sentByParent === before.sentByParent ? [] : [seen];
    const after = afterMovement(seen, leg, limitsOf(member, leg.direction), businessDate);
    // What goes up may take money of the parent's back with it.
    const isSweptBack = leg.direction === 'UP' && available !== undefined;
    return [isSweptBack ? observed(after, available + (changes.get(accountId) ?? 0n)) : after];
  });
}

/** What the legs change each balance by. */
function changesBy(legs: readonly EdgeMovement[], { members }: Pick<Configuration, 'members'>): Map<string, bigint> {
  const parents = new Map(members.map(({ accountId, parentId }) => [accountId, parentId]));
  const changes = new Map<string, bigint>();
  const add = (accountId: string, minor: bigint) => changes.set(accountId, (changes.get(accountId) ?? 0n) + minor);
  for (const { accountId, direction, amount } of legs) {
    const upward = direction === 'UP' ? amount : -amount;
    add(accountId, -upward);
    add(parents.get(accountId) ?? '', upward);
  }
  return changes;
}

/** Limits of all agreements of one direction: what moves under one counts against the others. */
export function limitsOf(member: Member, direction: 'UP' | 'DOWN') {
  return (direction === 'UP' ? member.up : member.down).flatMap(({ limits }) => limits);
}
