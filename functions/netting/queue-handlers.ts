import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { defined } from '../../shared/objects/defined.ts';
import { onOf } from './acting.ts';
import { findCentre } from './centres/keep-centre.ts';
import type { queueContract } from './contract-queue.ts';
import { queuedPaymentIdOf } from './keys.ts';
import { listQueue } from './queued-payments/list-queue.ts';
import { toAskedPayment } from './queued-payments/payment-shapes.ts';
import { presentPayment, presentPaymentBatch } from './queued-payments/present-payment.ts';
import { readPayments } from './queued-payments/read-payments.ts';
import { paymentRecorder } from './queued-payments/record-together.ts';
import { takePayment, takePayments } from './queued-payments/take-payments.ts';
import { findPayment, withdrawPayment } from './queued-payments/withdraw-payment.ts';
import { defaultStore } from './store.ts';

type Handler<Name extends keyof typeof queueContract> = OperationHandler<(typeof queueContract)[Name]>;

let record: ReturnType<typeof paymentRecorder> | undefined;

const createQueuedPayment: Handler<'createQueuedPayment'> = async ({ actor, path: { centreId }, body, now }) => {
  const store = defaultStore();
  const centre = await findCentre(store, { tenant: actor.tenant, centreId });
  record ??= paymentRecorder(store);
  const { payment, outcome } = await takePayment(store, record, centre, toAskedPayment(body), onOf(actor, now));
  return { ...(outcome === 'KNOWN' && { status: 200 }), body: presentPayment(payment) };
};

const createQueuedPayments: Handler<'createQueuedPayments'> = async ({ actor, path: { centreId }, body, now }) => {
  const store = defaultStore();
  const centre = await findCentre(store, { tenant: actor.tenant, centreId });
  const results = await takePayments(store, centre, readPayments(body.payments), onOf(actor, now));
  return { body: presentPaymentBatch(results) };
};

const listQueuedPayments: Handler<'listQueuedPayments'> = async ({ actor: { tenant }, path: { centreId }, query }) => {
  const { currency = '', payer, reference, limit, cursor } = query;
  const store = defaultStore();
  await findCentre(store, { tenant, centreId });
  if (reference !== undefined) {
    const found = await store.readQueuedPayment(tenant, queuedPaymentIdOf(tenant, centreId, reference));
    return { body: { payments: found ? [presentPayment(found)] : [] } };
  }
  const filters = { centreId, currency, ...defined({ payer }) };
  const scope = { operation: 'listQueuedPayments', tenant, filters };
  const { gate, after } = cursor === undefined ? {} : decodeCursor(scope, cursor);
  const from = gate === undefined ? undefined : { gate: Number(gate), after: Number(after) };
  const asked = { count: limit, ...defined({ payer, from }) };
  const { payments, next } = await listQueue(store, tenant, { centreId, currency }, asked);
  const nextCursor = next && encodeCursor(scope, { gate: `${next.gate}`, after: `${next.after}` });
  return { body: { payments: payments.map(presentPayment), ...defined({ nextCursor }) } };
};

const getQueuedPayment: Handler<'getQueuedPayment'> = async ({ actor: { tenant }, path }) => {
  return { body: presentPayment(await findPayment(defaultStore(), { tenant, ...path })) };
};

const withdrawQueuedPayment: Handler<'withdrawQueuedPayment'> = async ({ actor, path, now }) => {
  const which = { tenant: actor.tenant, ...path };
  return { body: presentPayment(await withdrawPayment(defaultStore(), which, onOf(actor, now))) };
};

export const queueHandlers = {
  ...{ createQueuedPayment, createQueuedPayments, listQueuedPayments, getQueuedPayment, withdrawQueuedPayment },
};
