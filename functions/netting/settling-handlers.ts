import { causeOf } from '../../shared/http/cause.ts';
import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import { claimOf } from '../../shared/http/key-claim.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { defined } from '../../shared/objects/defined.ts';
import { listBankPayments } from './bank-payments/list-bank-payments.ts';
import { presentBankPayment } from './bank-payments/present-bank-payment.ts';
import { retryBankPayment } from './bank-payments/retry-bank-payment.ts';
import type { settlingContract } from './contract-settling.ts';
import { findCycle } from './cycles/find-cycle.ts';
import { presentCycle } from './cycles/present-cycle.ts';
import { askSettling } from './settling/ask-settling.ts';
import { askUnwinding } from './settling/ask-unwinding.ts';
import { defaultStore } from './store.ts';

type Handler<Name extends keyof typeof settlingContract> = OperationHandler<(typeof settlingContract)[Name]>;

const settleNettingCycle: Handler<'settleNettingCycle'> = async ({ actor, path: { cycleId }, now }) => {
  const on = { at: now.toISOString(), cause: causeOf(actor) };
  const cycle = await askSettling(defaultStore(), { tenant: actor.tenant, cycleId }, on);
  return { ...(cycle.state === 'SETTLED' && { status: 200 }), body: presentCycle(cycle) };
};

const unwindNettingCycle: Handler<'unwindNettingCycle'> = async ({ actor, path: { cycleId }, body, now }) => {
  const on = { at: now.toISOString(), cause: causeOf(actor) };
  const which = { tenant: actor.tenant, cycleId };
  return { body: presentCycle(await askUnwinding(defaultStore(), which, body.leaveOut, on)) };
};

const listNettingBankPayments: Handler<'listNettingBankPayments'> = async ({ actor: { tenant }, path, query }) => {
  const { limit: count, cursor, state } = query;
  const store = defaultStore();
  const scope = { operation: 'listNettingBankPayments', tenant, filters: { ...path, ...defined({ state }) } };
  const from = cursor === undefined ? 0 : Number(decodeCursor(scope, cursor).from);
  const cycle = await findCycle(store, { tenant, ...path });
  const { payments, next } = await listBankPayments(store, cycle, { from, count, ...defined({ state }) });
  const nextCursor = next === undefined ? undefined : encodeCursor(scope, { from: `${next}` });
  return { body: { payments: payments.map(presentBankPayment), ...defined({ nextCursor }) } };
};

const retryNettingBankPayment: Handler<'retryNettingBankPayment'> = async (request) => {
  const { actor, path, now } = request;
  const store = defaultStore();
  const claim = await claimOf({ store }, 'retryNettingBankPayment', 'nbp', request);
  return { body: presentBankPayment(await retryBankPayment(store, { tenant: actor.tenant, ...path }, claim, now)) };
};

export const settlingHandlers = {
  ...{ settleNettingCycle, unwindNettingCycle, listNettingBankPayments, retryNettingBankPayment },
};
