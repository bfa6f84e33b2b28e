import { causeOf } from '../../shared/http/cause.ts';
import { claimOf, requireSameRequest } from '../../shared/http/key-claim.ts';
import type { Actor, OperationHandler } from '../../shared/http/request.ts';
import { defined } from '../../shared/objects/defined.ts';
import type { CallbackBody } from './channels/signed-text.ts';
import type { orderContract } from './contract-orders.ts';
import * as acts from './orders/act-on-order.ts';
import { toAskedSplit } from './orders/action-shapes.ts';
import { presentBatch, readLines } from './orders/batch-lines.ts';
import { type Acting, changeOrder, findOrder } from './orders/change-order.ts';
import { takeCallback } from './orders/channel-callback.ts';
import { confirmSlip, refuseSlip } from './orders/check-slip.ts';
import { createOrder as create, createOrders as createMany } from './orders/create-orders.ts';
import { acceptRefund } from './orders/decide-refund.ts';
import { splitByHand } from './orders/manual-split.ts';
import type { Order } from './orders/order.ts';
import { toAskedPayment } from './orders/payment-shapes.ts';
import { presentWithRules } from './orders/present-with-rules.ts';
import { type ReadFacts, readPlanFacts } from './orders/read-plan-facts.ts';
import { readSettledLegs } from './orders/read-settled-legs.ts';
import { recordPayment } from './orders/record-payment.ts';
import { tellResult, withdrawRefund as withdraw } from './orders/refund-result.ts';
import { toAskedRefund } from './orders/refund-shapes.ts';
import { requireCurrency, requireReceivers } from './orders/require-receivers.ts';
import { disputedBytesMax, requireRoomToGrow } from './orders/room-to-grow.ts';
import { defaultStore } from './store.ts';

type Handler<Name extends keyof typeof orderContract> = OperationHandler<(typeof orderContract)[Name]>;
type Request = { readonly actor: Actor; readonly now: Date };

const actingOf = ({ actor, now }: Request): Acting => ({ at: now.toISOString(), cause: causeOf(actor) });

const present = (order: Order, now: Date) => presentWithRules(defaultStore(), order, now);

type Decide = (order: Order, facts: ReadFacts, at: string) => Order | Promise<Order>;

/** Does something to an order, once for the key of the request. */
async function act(
  operation: string,
  request: Request & Parameters<typeof claimOf>[3] & { readonly path: { readonly no: string } },
  decide: Decide,
  receivers: readonly string[] = [],
) {
  const { actor, path, now } = request;
  const store = defaultStore();
  const on = actingOf(request);
  const claim = { ...(await claimOf({ store }, operation, 'ord', request)), id: path.no };
  const decideOn = async (order: Order) => decide(order, await readPlanFacts(store, order, { receivers }), on.at);
  const order = await changeOrder(store, { tenant: actor.tenant, no: path.no }, decideOn, on, claim);
  return { body: await present(order, now) };
}

const createOrder: Handler<'createOrder'> = async (request) => {
  const { actor, body, now } = request;
  const store = defaultStore();
  const { tenant } = actor;
  const claim = { ...(await claimOf({ store }, 'createOrder', 'ord', request)), id: body.no };
  const isSameKey = (await requireSameRequest(store, tenant, claim)) !== undefined;
  const { order, isReplay } = await create(store, body, { tenant, ...actingOf(request) });
  if (!isSameKey) await store.noteKey(tenant, claim);
  return { ...(isReplay && !isSameKey && { status: 200 }), body: await present(order, now) };
};

const createOrders: Handler<'createOrders'> = async (request) => {
  const { actor, body } = request;
  const store = defaultStore();
  const { tenant } = actor;
  const claim = await claimOf({ store }, 'createOrders', 'ord', request);
  const lines = readLines(body.orders);
  const asked = lines.flatMap((line) => ('order' in line ? [line.order] : []));
  const made = await createMany(store, asked, { tenant, ...actingOf(request) });
  await store.noteKey(tenant, claim);
  return { body: presentBatch(lines, made) };
};

const getOrder: Handler<'getOrder'> = async ({ actor: { tenant }, path: { no }, now }) => {
  return { body: await present(await findOrder(defaultStore(), tenant, no), now) };
};

const payOrder: Handler<'payOrder'> = async (request) => {
  const { actor, path, body, now } = request;
  const which = { tenant: actor.tenant, no: path.no, ...defined({ marketId: body.marketId }) };
  const result = await recordPayment(defaultStore(), which, toAskedPayment(body), actingOf(request));
  if ('kept' in result) return { body: { outcome: 'KEPT', reason: { ...result.kept } } };
  return { body: { outcome: 'TAKEN', order: await present(result.order, now) } };
};

const confirmOrderPayment: Handler<'confirmOrderPayment'> = async (request) => {
  const { actor, path, query, now } = request;
  const named = { tenant: actor.tenant, ...path, ...defined(query) };
  return { body: await present(await confirmSlip(defaultStore(), named, actingOf(request)), now) };
};

const refuseOrderPayment: Handler<'refuseOrderPayment'> = async (request) => {
  const { actor, path, query, body, now } = request;
  const named = { tenant: actor.tenant, ...path, ...defined(query) };
  return { body: await present(await refuseSlip(defaultStore(), named, body.reason, actingOf(request)), now) };
};

const tellChannelCallback: Handler<'tellChannelCallback'> = async ({ actor, path, body, now }) => {
  // Nobody has signed in: the channel has signed, and acts in its own name.
  const cause = { client: `channel:${path.channelId}`, role: 'channel', requestId: actor.requestId };
  await takeCallback(defaultStore(), path, body as CallbackBody, { at: now.toISOString(), cause });
  return { body: { code: 'SUCCESS', message: '成功' } };
};

const confirmOrder: Handler<'confirmOrder'> = (request) =>
  act('confirmOrder', request, (order, facts, at) => {
    return acts.confirmReceipt(order, request.body.subOrderNos, facts, at);
  });

const splitOrder: Handler<'splitOrder'> = (request) => {
  const asked = toAskedSplit(request.body);
  const receivers = asked.terms.lines.flatMap(({ receiver }) => receiver ?? []);
  const decide: Decide = (order, facts, at) => {
    requireReceivers(request.body, order, facts);
    return requireRoomToGrow(order, splitByHand(order, asked, facts, at));
  };
  return act('splitOrder', request, decide, receivers);
};

const unfreezeOrder: Handler<'unfreezeOrder'> = (request) =>
  act('unfreezeOrder', request, (order, facts, at) => {
    return acts.unfreezeRest(order, request.body.subOrderNos, facts, at);
  });

const cancelSubsidies: Handler<'cancelSubsidies'> = (request) => act('cancelSubsidies', request, acts.cancelSubsidies);

const refundOrder: Handler<'refundOrder'> = (request) => {
  const asked = toAskedRefund(request.body);
  return act('refundOrder', request, (order, facts, at) => {
    requireCurrency(request.body, order);
    return requireRoomToGrow(order, acceptRefund(order, asked, facts, at));
  });
};

const tellRefundResult: Handler<'tellRefundResult'> = (request) => {
  const { path, body } = request;
  return act('tellRefundResult', request, (order, facts, at) => {
    return tellResult(order, path.refundNo, body.result, { at, facts, ...defined({ reason: body.reason }) });
  });
};

const withdrawRefund: Handler<'withdrawRefund'> = (request) => {
  const { path, body } = request;
  return act('withdrawRefund', request, (order, facts, at) => withdraw(order, path.refundNo, facts, at, body.reason));
};

const disputeOrder: Handler<'disputeOrder'> = (request) =>
  act('disputeOrder', request, async (order, { sums }, at) => {
    const settled = await readSettledLegs(defaultStore(), order);
    const disputed = acts.openDispute(order, request.body.reason, { sums, settled }, at);
    return requireRoomToGrow(order, disputed, disputedBytesMax);
  });

const resolveOrderDispute: Handler<'resolveOrderDispute'> = (request) =>
  act('resolveOrderDispute', request, (order, facts, at) => acts.resolveDispute(order, facts, at));

export const orderHandlers = {
  ...{ createOrder, createOrders, getOrder, payOrder, confirmOrderPayment, refuseOrderPayment, tellChannelCallback },
  ...{ confirmOrder, splitOrder, unfreezeOrder, cancelSubsidies, refundOrder },
  ...{ tellRefundResult, withdrawRefund, disputeOrder, resolveOrderDispute },
};
