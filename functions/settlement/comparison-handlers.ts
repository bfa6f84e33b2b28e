import { causeOf } from '../../shared/http/cause.ts';
import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { defined } from '../../shared/objects/defined.ts';
import * as asking from './comparing/ask-for-comparison.ts';
import { explain, resolve } from './comparing/difference.ts';
import { ownId } from './comparing/difference-id.ts';
import { presentComparison, presentDifference } from './comparing/present-comparison.ts';
import { workDifference } from './comparing/work-difference.ts';
import type { comparisonContract } from './contract-comparisons.ts';
import { findMarket } from './markets/keep-market.ts';
import { defaultStore } from './store.ts';

type Handler<Name extends keyof typeof comparisonContract> = OperationHandler<(typeof comparisonContract)[Name]>;

const askForComparison: Handler<'askForComparison'> = async ({ actor, path, body, now }) => {
  const store = defaultStore();
  const { tenant } = actor;
  const { currency } = await findMarket(store, tenant, path.marketId);
  const day = { tenant, ...path, ...body };
  const asked = await asking.askForComparison(store, day, causeOf(actor), now.toISOString());
  return { body: presentComparison(asked, currency) };
};

const listComparisons: Handler<'listComparisons'> = async ({ actor: { tenant }, path: { marketId }, query }) => {
  const { from, to, limit: count, cursor } = query;
  const store = defaultStore();
  const scope = { operation: 'listComparisons', tenant, filters: { marketId, from, to } };
  const after = cursor === undefined ? undefined : decodeCursor(scope, cursor).after;
  const { currency } = await findMarket(store, tenant, marketId);
  const period = { from, to, count, ...defined({ after }) };
  const { comparisons, next } = await store.listComparisons(tenant, marketId, period);
  const nextCursor = next === undefined ? undefined : encodeCursor(scope, { after: next });
  const shown = comparisons.map((one) => presentComparison(one, currency));
  return { body: { comparisons: shown, ...defined({ nextCursor }) } };
};

const getComparison: Handler<'getComparison'> = async ({ actor: { tenant }, path }) => {
  const store = defaultStore();
  const { currency } = await findMarket(store, tenant, path.marketId);
  return { body: presentComparison(await asking.findComparison(store, { tenant, ...path }), currency) };
};

const listDifferences: Handler<'listDifferences'> = async ({ actor: { tenant }, path, query }) => {
  const { limit: count, cursor, ...asked } = query;
  const filter = defined(asked);
  const store = defaultStore();
  const day = { tenant, ...path };
  const scope = { operation: 'listDifferences', tenant, filters: { ...path, ...filter } };
  const after = cursor === undefined ? undefined : decodeCursor(scope, cursor).after;
  const { currency } = await findMarket(store, tenant, path.marketId);
  await asking.findComparison(store, day);
  const { differences, next } = await store.listDifferences(day, filter, { count, ...defined({ after }) });
  const nextCursor = next === undefined ? undefined : encodeCursor(scope, { after: next });
  const shown = differences.map((one) => presentDifference(one, currency));
  return { body: { differences: shown, ...defined({ nextCursor }) } };
};

type Working = Pick<Parameters<Handler<'explainDifference'>>[0], 'actor' | 'path' | 'body' | 'now'>;

async function work({ actor, path, body: { note }, now }: Working, take: typeof explain) {
  const { tenant, client: by } = actor;
  const { differenceId, ...rest } = path;
  const store = defaultStore();
  const { currency } = await findMarket(store, tenant, path.marketId);
  const day = { tenant, ...rest };
  await asking.findComparison(store, day);
  const step = { note, by, at: now.toISOString() };
  const worked = await workDifference(store, day, ownId(differenceId), take, step);
  return { body: presentDifference(worked, currency) };
}

const explainDifference: Handler<'explainDifference'> = (request) => work(request, explain);
const resolveDifference: Handler<'resolveDifference'> = (request) => work(request, resolve);

export const comparisonHandlers = {
  ...{ askForComparison, listComparisons, getComparison },
  ...{ listDifferences, explainDifference, resolveDifference },
};
