import { businessDateOf } from '../../shared/calendar/plain-date.ts';
import { causeOf } from '../../shared/http/cause.ts';
import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import { claimOf } from '../../shared/http/key-claim.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import type { mandateContract } from './contract-mandates.ts';
import { actOnMandate, findMandate } from './mandates/act-on-mandate.ts';
import type { MandateAction } from './mandates/change-mandate.ts';
import { createMandate as create } from './mandates/create-mandate.ts';
import { presentMandate, presentUsage } from './mandates/present-mandate.ts';
import { readMandate } from './mandates/read-mandate.ts';
import { defaultStore } from './store.ts';

type Handler<Name extends keyof typeof mandateContract> = OperationHandler<(typeof mandateContract)[Name]>;

const createMandate: Handler<'createMandate'> = async (request) => {
  const { actor, body, now } = request;
  const store = defaultStore();
  const claim = await claimOf({ store }, 'createMandate', 'man', request);
  const mandate = await create(store, actor.tenant, readMandate(body, now), claim);
  return { body: presentMandate(mandate, businessDateOf(now)) };
};

const listMandates: Handler<'listMandates'> = async ({ actor: { tenant }, query, now }) => {
  const scope = { operation: 'listMandates', tenant };
  const before = query.cursor === undefined ? undefined : decodeCursor(scope, query.cursor).before;
  const { mandates, more } = await defaultStore().listMandates(tenant, before, query.limit);
  const last = mandates.at(-1)?.at;
  const today = businessDateOf(now);
  return {
    body: {
      mandates: mandates.map(({ mandate }) => presentMandate(mandate, today)),
      ...(more && last !== undefined && { nextCursor: encodeCursor(scope, { before: last }) }),
    },
  };
};

const getMandate: Handler<'getMandate'> = async ({ actor: { tenant }, path: { mandateId }, now }) => {
  const store = defaultStore();
  const [mandate, usage] = await Promise.all([
    findMandate(store, tenant, mandateId),
    store.readUsage(tenant, mandateId),
  ]);
  const today = businessDateOf(now);
  return { body: { ...presentMandate(mandate, today), ...presentUsage(mandate, usage, today) } };
};

/** One handler for every way to change a mandate's state. */
function acting(action: MandateAction): Handler<'revokeMandate'> {
  return async ({ actor, path: { mandateId }, now }) => {
    const which = { tenant: actor.tenant, mandateId };
    const mandate = await actOnMandate(defaultStore(), which, action, causeOf(actor), now);
    return { body: presentMandate(mandate, businessDateOf(now)) };
  };
}

export const mandateHandlers = {
  createMandate,
  listMandates,
  getMandate,
  confirmMandate: acting('CONFIRM'),
  suspendMandate: acting('SUSPEND'),
  resumeMandate: acting('RESUME'),
  revokeMandate: acting('REVOKE'),
};
