import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { defined } from '../../shared/objects/defined.ts';
import type { waitingContract } from './contract-waiting.ts';
import { askNow } from './journal/ask-now.ts';
import { presentStep, presentWaiting } from './journal/present-waiting.ts';
import { findMarket } from './markets/keep-market.ts';
import { askStepNow } from './orders/booking/ask-step-now.ts';
import { defaultStore } from './store.ts';

type Handler<Name extends keyof typeof waitingContract> = OperationHandler<(typeof waitingContract)[Name]>;

const listWaitingPostings: Handler<'listWaitingPostings'> = async ({
  actor: { tenant },
  path: { marketId },
  query,
}) => {
  const { cursor, limit } = query;
  const scope = { operation: 'listWaitingPostings', tenant, filters: { marketId } };
  const after = cursor === undefined ? undefined : decodeCursor(scope, cursor).after;
  const store = defaultStore();
  const { currency } = await findMarket(store, tenant, marketId);
  const { waiting, next } = await store.listWaitingOf(tenant, marketId, after, limit);
  const nextCursor = next === undefined ? undefined : encodeCursor(scope, { after: next });
  return { body: { postings: waiting.map((one) => presentWaiting(one, currency)), ...defined({ nextCursor }) } };
};

const askForPosting: Handler<'askForPosting'> = async ({ actor: { tenant }, path, now }) => {
  const { marketId, postingId: id } = path;
  const store = defaultStore();
  const { currency } = await findMarket(store, tenant, marketId);
  return { body: presentWaiting(await askNow(store, { tenant, marketId, id }, now), currency) };
};

const listParkedChanges: Handler<'listParkedChanges'> = async ({ actor: { tenant }, query: { cursor, limit } }) => {
  const scope = { operation: 'listParkedChanges', tenant };
  const after = cursor === undefined ? undefined : decodeCursor(scope, cursor).after;
  const { parked, next } = await defaultStore().listParkedReasons(tenant, after, limit);
  const nextCursor = next === undefined ? undefined : encodeCursor(scope, { after: next });
  const changes = parked.map(({ orderNo, reason, since }) => ({ orderNo, reason, since }));
  return { body: { changes, ...defined({ nextCursor }) } };
};

const listWaitingSteps: Handler<'listWaitingSteps'> = async ({ actor: { tenant }, path: { marketId }, query }) => {
  const scope = { operation: 'listWaitingSteps', tenant, filters: { marketId } };
  const after = query.cursor === undefined ? undefined : decodeCursor(scope, query.cursor).after;
  const store = defaultStore();
  const { currency } = await findMarket(store, tenant, marketId);
  const { steps, next } = await store.listStepsOf(tenant, marketId, after, query.limit);
  const orders = await store.readOrdersByNo(
    tenant,
    steps.map(({ orderNo }) => orderNo),
  );
  const byNo = new Map(orders.map((order) => [order.no, order]));
  const nextCursor = next === undefined ? undefined : encodeCursor(scope, { after: next });
  const shown = steps.map((step) => presentStep(step, byNo.get(step.orderNo), currency));
  return { body: { steps: shown, ...defined({ nextCursor }) } };
};

const askForStep: Handler<'askForStep'> = async ({ actor: { tenant }, path: { marketId, stepId: id }, now }) => {
  const store = defaultStore();
  const { currency } = await findMarket(store, tenant, marketId);
  const step = await askStepNow(store, { tenant, marketId, id }, now);
  return { body: presentStep(step, await store.readOrder(tenant, step.orderNo), currency) };
};

export const waitingHandlers = { listWaitingPostings, askForPosting, listWaitingSteps, askForStep, listParkedChanges };
