import { businessDateOf, localTimeOf } from '../../shared/calendar/plain-date.ts';
import { backdatingDaysMax, isAllowedValueDate } from '../../shared/calendar/value-date.ts';
import { causeOf } from '../../shared/http/cause.ts';
import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import type { poolContract } from './contract-pools.ts';
import { findPool } from './pool-handlers.ts';
import { problems } from './problems.ts';
import { nodesOf, readSituationAt } from './read-situation.ts';
import { storedPlan, totalsOf } from './runs/plan-run.ts';
import { presentIdle, presentLeg, presentPlannedLeg, presentRun, presentTotals } from './runs/present-runs.ts';
import { legName, type Run, type RunLeg } from './runs/run.ts';
import { requireSwept, startRun as start } from './runs/start-run.ts';
import { planSweeps } from './sweeps/plan-sweeps.ts';
import { type PoolingTools, poolingTools } from './tools.ts';

type Handler<Name extends keyof typeof poolContract> = OperationHandler<(typeof poolContract)[Name]>;

const planPool: Handler<'planPool'> = async ({ actor, path, body, now }) => {
  const tools = poolingTools();
  const pool = await findPool(tools, actor.tenant, path.poolId);
  requireSwept(pool);
  const reading = await readSituationAt(tools, pool, body.businessDate, now);
  const { nodes, loans } = nodesOf(reading, { trigger: 'SCHEDULED', ...body });
  const swept = planSweeps(nodes, loans);
  const { blocks } = storedPlan(swept, nodes, loans, reading.situation.configuration);
  const answer = {
    poolId: pool.id,
    ...body,
    planned: presentTotals(totalsOf(swept.legs), pool.currency),
    legs: blocks.flat().map((leg) => presentPlannedLeg(leg, pool.currency)),
    withoutLeg: swept.idle.map(presentIdle),
  };
  return { body: answer };
};

const startRun: Handler<'startRun'> = async ({ actor, path, body, now }) => {
  requireDate(body.businessDate, now);
  const request = { ...body, startedBy: 'HAND' as const, cause: causeOf(actor) };
  return { body: presentRun(await start(poolingTools(), actor.tenant, path.poolId, request, now)) };
};

function requireDate(businessDate: string, now: Date): void {
  if (isAllowedValueDate(businessDate, businessDateOf(now))) return;
  const detail = `${businessDate} is not between ${backdatingDaysMax} days back and today, ${businessDateOf(now)} ${localTimeOf(now)}.`;
  throw problems['date-not-allowed'].with({ detail }).at({ pointer: '/businessDate', detail });
}

const listRuns: Handler<'listRuns'> = async ({ actor, path, query }) => {
  const tools = poolingTools();
  const pool = await findPool(tools, actor.tenant, path.poolId);
  const scope = { operation: 'listRuns', tenant: actor.tenant, filters: path };
  const after = query.cursor === undefined ? undefined : decodeCursor(scope, query.cursor).after;
  const { runs, more } = await tools.store.listRuns(actor.tenant, pool.id, after, query.limit);
  const last = runs.at(-1)?.at;
  const next = more && last ? { nextCursor: encodeCursor(scope, { after: last }) } : {};
  return { body: { runs: runs.map(({ run }) => presentRun(run)), ...next } };
};

const getRun: Handler<'getRun'> = async ({ actor, path, query }) => {
  const tools = poolingTools();
  const run = await findRun(tools, actor.tenant, path);
  const scope = { operation: 'getRun', tenant: actor.tenant, filters: path };
  const block = query.cursor === undefined ? 0 : Number(decodeCursor(scope, query.cursor).block);
  const [{ legs, next }, outcomes, idle] = await Promise.all([
    readPage(tools, run, block, query.limit),
    tools.store.readOutcomes(run),
    block === 0 ? tools.store.readIdle(run) : [],
  ]);
  const known = new Map([...outcomes.values()].flat().map((outcome) => [outcome.number, outcome]));
  const atEnd = [...known.values()].filter(({ status }) => status !== 'INSTRUCTED').length;
  const body = {
    ...presentRun(run),
    progress: { legs: run.legs, atEnd },
    legs: legs.map((leg) => {
      const transferId = tools.ledger.transferIdOf(run.tenant, ...legName(run, leg));
      return presentLeg(leg, known.get(leg.number), transferId, run.currency);
    }),
    withoutLeg: idle.map(presentIdle),
    ...(next !== undefined && { nextCursor: encodeCursor(scope, { block: String(next) }) }),
  };
  return { body };
};

/** Blocks that make a page, and the one that the next page begins with. */
async function readPage(
  { store }: PoolingTools,
  run: Run,
  first: number,
  limit: number,
): Promise<{ legs: RunLeg[]; next?: number }> {
  const legs: RunLeg[] = [];
  let block = first;
  while (legs.length < limit && (legs.at(-1)?.number ?? 0) < run.legs) {
    const found = await store.readLegs(run, block);
    if (found.length === 0) return { legs };
    legs.push(...found);
    block += 1;
  }
  return (legs.at(-1)?.number ?? 0) < run.legs ? { legs, next: block } : { legs };
}

export async function findRun(
  tools: PoolingTools,
  tenant: string,
  path: { poolId: string; runId: string },
): Promise<Run> {
  const run = await tools.store.readRun(tenant, path.runId);
  if (run && run.poolId === path.poolId) return run;
  await findPool(tools, tenant, path.poolId);
  throw problems['run-not-found'].with({ detail: `The pool has no run ${path.runId}.`, runId: path.runId });
}

export const runHandlers = { planPool, startRun, listRuns, getRun };
