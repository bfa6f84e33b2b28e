import { causeOf } from '../../shared/http/cause.ts';
import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { defined } from '../../shared/objects/defined.ts';
import { findCentre } from './centres/keep-centre.ts';
import { askClosing } from './closing/ask-closing.ts';
import type { cycleContract } from './contract-cycles.ts';
import { cutOff } from './cycles/cut-off.ts';
import { findCycle } from './cycles/find-cycle.ts';
import { presentCycle } from './cycles/present-cycle.ts';
import { defaultStore } from './store.ts';

type Handler<Name extends keyof typeof cycleContract> = OperationHandler<(typeof cycleContract)[Name]>;

const listNettingCycles: Handler<'listNettingCycles'> = async ({ actor: { tenant }, query }) => {
  const { centreId, limit, cursor } = query;
  const store = defaultStore();
  const scope = { operation: 'listNettingCycles', tenant, filters: { centreId } };
  const before = cursor === undefined ? undefined : decodeCursor(scope, cursor).before;
  await findCentre(store, { tenant, centreId });
  const { cycles, more } = await store.listCycles(tenant, centreId, before, limit);
  const last = more ? cycles.at(-1) : undefined;
  const nextCursor = last && encodeCursor(scope, { before: last.cutOffDate });
  return { body: { cycles: cycles.map(presentCycle), ...defined({ nextCursor }) } };
};

const getNettingCycle: Handler<'getNettingCycle'> = async ({ actor: { tenant }, path: { cycleId } }) => {
  return { body: presentCycle(await findCycle(defaultStore(), { tenant, cycleId })) };
};

const closeNettingCycle: Handler<'closeNettingCycle'> = async ({ actor, path: { cycleId }, body, now }) => {
  const store = defaultStore();
  const on = { at: now.toISOString(), cause: causeOf(actor) };
  const which = { tenant: actor.tenant, cycleId };
  const { to, leaveOut } = body;
  if (to === 'CONFIRMING') return { status: 200, body: presentCycle(await cutOff(store, which, on)) };
  const cycle = await askClosing(store, which, defined({ leaveOut }), on);
  return { ...(!cycle.closing && { status: 200 }), body: presentCycle(cycle) };
};

export const cycleHandlers = { listNettingCycles, getNettingCycle, closeNettingCycle };
