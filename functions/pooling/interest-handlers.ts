import { causeOf } from '../../shared/http/cause.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { defined } from '../../shared/objects/defined.ts';
import type { interestContract } from './contract-interest.ts';
import { depositInterestHandlers } from './interest-deposit-handlers.ts';
import { pageOfRuns, runWithLines } from './interest-runs/interest-run-pages.ts';
import { presentInterestRun } from './interest-runs/present-interest-runs.ts';
import { presentPoolTerms } from './interest-runs/present-interest-terms.ts';
import { readPoolTerms } from './interest-runs/read-interest-terms.ts';
import { readSettling } from './interest-runs/read-settling.ts';
import { setPoolTerms } from './interest-runs/set-interest-terms.ts';
import { startInterestRun as start } from './interest-runs/start-interest-run.ts';
import { findPool } from './pool-handlers.ts';
import { problems } from './problems.ts';
import { poolingTools } from './tools.ts';

type Handler<Name extends keyof typeof interestContract> = OperationHandler<(typeof interestContract)[Name]>;

const setInterestTerms: Handler<'setInterestTerms'> = async ({ actor, path, body, now }) => {
  const tools = poolingTools();
  const pool = await findPool(tools, actor.tenant, path.poolId);
  const { expectedVersion } = body;
  const request = { content: readPoolTerms(body, pool), ...defined({ expectedVersion }), cause: causeOf(actor) };
  const terms = await setPoolTerms(tools, pool, request, now);
  return { body: presentPoolTerms(terms, pool.currency, await readSettling(tools.store, terms)) };
};

const getInterestTerms: Handler<'getInterestTerms'> = async ({ actor, path }) => {
  const tools = poolingTools();
  const { id: poolId, currency } = await findPool(tools, actor.tenant, path.poolId);
  const terms = await tools.store.readInterestTerms(actor.tenant, poolId);
  if (terms?.content.kind !== 'POOL') {
    throw problems['interest-terms-not-found'].with({ detail: `No interest terms are set for ${poolId}.`, poolId });
  }
  const settling = await readSettling(tools.store, terms);
  return { body: presentPoolTerms({ ...terms, content: terms.content }, currency, settling) };
};

const startInterestRun: Handler<'startInterestRun'> = async ({ actor, path, body, now }) => {
  const tools = poolingTools();
  const { id: ownerId } = await findPool(tools, actor.tenant, path.poolId);
  const run = await start(
    tools,
    { tenant: actor.tenant, ownerId, ...body, startedBy: 'HAND' as const, cause: causeOf(actor) },
    now,
  );
  return { body: presentInterestRun(run) };
};

const listInterestRuns: Handler<'listInterestRuns'> = async ({ actor, path, query }) => {
  const tools = poolingTools();
  const { tenant, id: ownerId } = await findPool(tools, actor.tenant, path.poolId);
  return { body: await pageOfRuns(tools.store, { operation: 'listInterestRuns', tenant, ownerId }, query) };
};

const getInterestRun: Handler<'getInterestRun'> = async ({ actor: { tenant }, path, query }) => {
  const { poolId: ownerId, runId } = path;
  const asked = { operation: 'getInterestRun', tenant, ownerId, kind: 'POOL', runId } as const;
  return { body: await runWithLines(poolingTools().store, asked, query) };
};

export const interestHandlers = {
  setInterestTerms,
  getInterestTerms,
  startInterestRun,
  listInterestRuns,
  getInterestRun,
  ...depositInterestHandlers,
};
