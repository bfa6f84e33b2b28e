import { causeOf } from '../../shared/http/cause.ts';
import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { defined } from '../../shared/objects/defined.ts';
import type { unassignedContract } from './contract-unassigned.ts';
import { findMarket } from './markets/keep-market.ts';
import { presentWithRules } from './orders/present-with-rules.ts';
import { defaultStore } from './store.ts';
import { listOpenPayments, listPaymentsOf } from './unassigned/list-payments.ts';
import { presentUnassigned } from './unassigned/present-unassigned.ts';
import * as work from './unassigned/work-payment.ts';

type Handler<Name extends keyof typeof unassignedContract> = OperationHandler<(typeof unassignedContract)[Name]>;

const listUnassignedPayments: Handler<'listUnassignedPayments'> = async (request) => {
  const { tenant } = request.actor;
  const { marketId } = request.path;
  const { cursor, limit: count, orderNo } = request.query;
  const store = defaultStore();
  const at = request.now.toISOString();
  await findMarket(store, tenant, marketId);
  const scope = { operation: 'listUnassignedPayments', tenant, filters: { marketId, ...defined({ orderNo }) } };
  const after = cursor === undefined ? undefined : decodeCursor(scope, cursor).after;
  const market = { tenant, marketId };
  const { payments, next } =
    orderNo === undefined
      ? await listOpenPayments(store, market, { after, count }, at)
      : await listPaymentsOf(store, market, { orderNo, page: Number(after ?? 0) }, at);
  const nextCursor = next === undefined ? undefined : encodeCursor(scope, { after: String(next) });
  return { body: { payments: payments.map((one) => presentUnassigned(one, at)), ...defined({ nextCursor }) } };
};

const assignPayment: Handler<'assignPayment'> = async ({ actor, path, body, now }) => {
  const store = defaultStore();
  const at = now.toISOString();
  const which = { tenant: actor.tenant, ...path };
  const done = await work.assignPayment(store, which, body.orderNo, { at, cause: causeOf(actor) });
  const order = await presentWithRules(store, done.order, now);
  return { body: { payment: presentUnassigned(done, at), order } };
};

const sendBackPayment: Handler<'sendBackPayment'> = async ({ actor, path, body, now }) => {
  const at = now.toISOString();
  const which = { tenant: actor.tenant, ...path };
  const done = await work.sendBackPayment(defaultStore(), which, body.reason, { at, cause: causeOf(actor) });
  return { body: presentUnassigned(done, at) };
};

const dismissPayment: Handler<'dismissPayment'> = async ({ actor, path, body, now }) => {
  const at = now.toISOString();
  const which = { tenant: actor.tenant, ...path };
  const done = await work.dismissPayment(defaultStore(), which, body.reason, { at, cause: causeOf(actor) });
  return { body: presentUnassigned(done, at) };
};

export const unassignedHandlers = { listUnassignedPayments, assignPayment, sendBackPayment, dismissPayment };
