import { isDeepStrictEqual } from 'node:util';
import { classifyWriteFailure } from '../../../shared/dynamo/failure.ts';
import { Problem } from '../../../shared/problems/problem.ts';
import { HOUR_MS } from '../../../shared/time/durations.ts';
import { readConfiguration } from '../members/read-configuration.ts';
import { type Pool, scheduleCause } from '../pool.ts';
import { problems } from '../problems.ts';
import type { PoolingTools } from '../tools.ts';
import { nextRunOf } from './next-run.ts';
import type { Run } from './run.ts';
import { runIdOf, startRun } from './start-run.ts';

/** A run that could not be started so long after its time is left out: the balances are those of another day. */
const graceMs = 6 * HOUR_MS;

/**
 * Starts the run of a pool whose time has come, and sets the time of the next. A run that comes too late, or after one that
 * lies behind it in order, is left out and told as missed; one that was begun by hand under its number stands for it. Where
 * the calendar did not tell the time, it is asked again.
 */
export async function startDueRun(
  tools: PoolingTools,
  tenant: string,
  poolId: string,
  now: Date,
): Promise<Run | undefined> {
  const pool = await tools.store.readPool(tenant, poolId);
  const due = pool?.nextRun;
  if (!pool || !due) return undefined;
  if (!('at' in due)) return await setNextRun(tools, pool, pool, now);
  if (due.at > now.toISOString()) return undefined;
  const isLate = now.getTime() - Date.parse(due.at) > graceMs;
  const isBehind = pool.lastRun !== undefined && due.businessDate < pool.lastRun.businessDate;
  const wasBegun = (await tools.store.readRun(tenant, runIdOf(pool, due))) !== undefined;
  if (wasBegun || isLate || isBehind) {
    return await setNextRun(tools, pool, wasBegun ? pool : { ...pool, missedRun: due }, new Date(due.at));
  }
  const { businessDate, runNumber } = due;
  const request = { businessDate, runNumber, startedBy: 'SCHEDULE' as const, cause: scheduleCause };
  return await startRun(tools, tenant, poolId, request, now).catch(unlessUnderWay);
}

/** While the run before is being carried out, this one stays due. */
function unlessUnderWay(error: unknown): undefined {
  if (error instanceof Problem && error.code === problems['run-under-way'].code) return undefined;
  throw error;
}

async function setNextRun({ store }: PoolingTools, read: Pool, changed: Pool, after: Date): Promise<undefined> {
  const { nextRun: before, ...rest } = changed;
  const next = nextRunOf(await readConfiguration({ store }, read), after);
  if (isDeepStrictEqual(next, before)) return undefined;
  try {
    await store.transact([store.putPool({ ...rest, ...(next && { nextRun: next }) }, read)]);
  } catch (error) {
    // Another writer of the pool has set it.
    if (classifyWriteFailure(error) !== 'MOVED') throw error;
  }
  return undefined;
}
