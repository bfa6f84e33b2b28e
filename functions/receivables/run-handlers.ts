import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import { claimOf } from '../../shared/http/key-claim.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { defined } from '../../shared/objects/defined.ts';
import { toRules } from './books/rule-shapes.ts';
import type { runContract } from './contract-runs.ts';
import { comparisonFigures } from './runs/compare.ts';
import { pageDecisions } from './runs/page-decisions.ts';
import { presentComparison, presentDecision, presentRun } from './runs/present-run.ts';
import { isDifference, readComparison } from './runs/read-comparison.ts';
import { findRun, startRun } from './runs/start-run.ts';
import { defaultStore } from './store.ts';

type Handler<Name extends keyof typeof runContract> = OperationHandler<(typeof runContract)[Name]>;

const startReconciliationRun: Handler<'startReconciliationRun'> = async (request) => {
  const { actor, body } = request;
  const { dryRun, rules, ...scope } = body;
  const store = defaultStore();
  const claim = await claimOf({ store }, 'startReconciliationRun', 'run', request);
  const asked = { scope: defined(scope), dryRun, rules: rules && toRules(rules) };
  return { body: presentRun(await startRun(store, actor.tenant, asked, claim)) };
};

const listReconciliationRuns: Handler<'listReconciliationRuns'> = async ({ actor: { tenant }, query }) => {
  const scope = { operation: 'listReconciliationRuns', tenant };
  const after = query.cursor === undefined ? undefined : decodeCursor(scope, query.cursor).after;
  const { runs, next } = await defaultStore().listRuns(tenant, after, query.limit);
  const nextCursor = next === undefined ? undefined : encodeCursor(scope, { after: next });
  return { body: { runs: runs.map(presentRun), ...defined({ nextCursor }) } };
};

const getReconciliationRun: Handler<'getReconciliationRun'> = async ({ actor: { tenant }, path: { runId } }) => {
  return { body: presentRun(await findRun(defaultStore(), tenant, runId)) };
};

const listRunDecisions: Handler<'listRunDecisions'> = async ({ actor: { tenant }, path: { runId }, query }) => {
  const { limit: count, cursor } = query;
  const run = await findRun(defaultStore(), tenant, runId);
  const scope = { operation: 'listRunDecisions', tenant, filters: { runId } };
  const after = cursor === undefined ? undefined : decodeCursor(scope, cursor).after;
  const { decisions, next } = await pageDecisions(defaultStore(), run, { after, count });
  const nextCursor = next === undefined ? undefined : encodeCursor(scope, { after: next });
  return { body: { decisions: decisions.map(presentDecision), ...defined({ nextCursor }) } };
};

const compareReconciliationRun: Handler<'compareReconciliationRun'> = async ({ actor, path, query }) => {
  const { tenant } = actor;
  const { runId } = path;
  const { with: beside, limit: count, cursor } = query;
  const store = defaultStore();
  const run = await findRun(store, tenant, runId);
  const other = beside === undefined ? undefined : await findRun(store, tenant, beside);
  const scope = { operation: 'compareReconciliationRun', tenant, filters: defined({ runId, beside }) };
  const after = cursor === undefined ? undefined : decodeCursor(scope, cursor).after;
  const { compared, next } = await readComparison(store, run, other, { after, count });
  const nextCursor = next === undefined ? undefined : encodeCursor(scope, { after: next });
  const page = presentComparison(comparisonFigures(compared), compared.filter(isDifference));
  return { body: { ...page, ...defined({ nextCursor }) } };
};

export const runHandlers = {
  startReconciliationRun,
  listReconciliationRuns,
  getReconciliationRun,
  listRunDecisions,
  compareReconciliationRun,
};
