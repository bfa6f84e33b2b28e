import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { defined } from '../../shared/objects/defined.ts';
import { onOf } from './acting.ts';
import type { obligationContract } from './contract-obligations.ts';
import { findCycle } from './cycles/find-cycle.ts';
import * as acts from './obligations/act-on-obligation.ts';
import { actTogether } from './obligations/act-together.ts';
import type { ObligationAct } from './obligations/change-obligation.ts';
import { firstPlace, type ListPlace, listObligations as listOf } from './obligations/list-obligations.ts';
import { toAsked } from './obligations/obligation-shapes.ts';
import { presentActs, presentBatch, presentObligation } from './obligations/present-obligation.ts';
import { readLines } from './obligations/read-lines.ts';
import { readOfCentre } from './obligations/read-of-centre.ts';
import { recorder } from './obligations/record-together.ts';
import { centreOf, takeLines, takeOne } from './obligations/take-obligations.ts';
import { defaultStore } from './store.ts';

type Handler<Name extends keyof typeof obligationContract> = OperationHandler<(typeof obligationContract)[Name]>;
type Actor = Parameters<Handler<'createObligation'>>[0]['actor'];

let record: ReturnType<typeof recorder> | undefined;

const createObligation: Handler<'createObligation'> = async ({ actor, body, now }) => {
  const store = defaultStore();
  const { centreId, ...line } = body;
  const { centre, today } = await centreOf(store, actor.tenant, centreId, now);
  record ??= recorder(store);
  const asked = toAsked(line, today);
  const { obligation, outcome } = await takeOne(store, record, centre, asked, today, onOf(actor, now));
  const { state } = await findCycle(store, obligation);
  return { ...(outcome === 'KNOWN' && { status: 200 }), body: presentObligation(obligation, state) };
};

const createObligations: Handler<'createObligations'> = async ({ actor, body, now }) => {
  const store = defaultStore();
  const { centre, today } = await centreOf(store, actor.tenant, body.centreId, now);
  const lines = readLines(body.obligations, today);
  return { body: presentBatch(await takeLines(store, centre, lines, today, onOf(actor, now))) };
};

const listObligations: Handler<'listObligations'> = async ({ actor: { tenant }, query }) => {
  const { cycleId = '', centreId, reference, state, limit, cursor } = query;
  const store = defaultStore();
  if (centreId !== undefined && reference !== undefined) {
    const obligation = (await readOfCentre(store, { tenant, centreId }, [reference])).get(reference);
    const cycle = obligation && (await findCycle(store, obligation));
    return { body: { obligations: obligation && cycle ? [presentObligation(obligation, cycle.state)] : [] } };
  }
  const scope = { operation: 'listObligations', tenant, filters: { cycleId, ...defined({ state }) } };
  const from = cursor === undefined ? firstPlace : placeOf(decodeCursor(scope, cursor));
  const cycle = await findCycle(store, { tenant, cycleId });
  const { obligations, next } = await listOf(store, cycle, from, limit);
  const shown = obligations.filter((one) => state === undefined || one.state === state);
  const nextCursor = next && encodeCursor(scope, positionOf(next));
  return { body: { obligations: shown.map((one) => presentObligation(one, cycle.state)), ...defined({ nextCursor }) } };
};

const positionOf = ({ gate, sk, skip }: ListPlace) => ({ gate: `${gate}`, skip: `${skip}`, ...defined({ sk }) });
const placeOf = ({ gate, skip, sk }: Readonly<Record<string, string>>): ListPlace => {
  return { gate: Number(gate), skip: Number(skip), ...defined({ sk }) };
};

const getObligation: Handler<'getObligation'> = async ({ actor: { tenant }, path: { obligationId } }) => {
  const { obligation, cycle } = await acts.findObligation(defaultStore(), { tenant, obligationId });
  return { body: presentObligation(obligation, cycle.state) };
};

type Acting = { readonly actor: Actor; readonly now: Date; readonly path: { readonly obligationId: string } };

async function act({ actor, now, path }: Acting, what: ObligationAct) {
  const which = { tenant: actor.tenant, ...path };
  const { obligation, cycle } = await acts.actOnObligation(defaultStore(), which, what, onOf(actor, now));
  return { body: presentObligation(obligation, cycle.state) };
}

const withdrawObligation: Handler<'withdrawObligation'> = (request) => act(request, { kind: 'WITHDRAW' });
const confirmObligation: Handler<'confirmObligation'> = (request) => act(request, { kind: 'CONFIRM' });
const resolveObligationDispute: Handler<'resolveObligationDispute'> = (request) => act(request, { kind: 'RESOLVE' });
const disputeObligation: Handler<'disputeObligation'> = (request) =>
  act(request, { kind: 'DISPUTE', reason: request.body.reason });

type ActingTogether = {
  readonly actor: Actor;
  readonly now: Date;
  readonly body: { readonly centreId: string; readonly references: readonly string[] };
};

async function actOnMany({ actor, now, body }: ActingTogether, what: ObligationAct) {
  const store = defaultStore();
  const { centre } = await centreOf(store, actor.tenant, body.centreId, now);
  return { body: presentActs(await actTogether(store, centre, body.references, what, onOf(actor, now))) };
}

const withdrawObligations: Handler<'withdrawObligations'> = (request) => actOnMany(request, { kind: 'WITHDRAW' });
const confirmObligations: Handler<'confirmObligations'> = (request) => actOnMany(request, { kind: 'CONFIRM' });
const disputeObligations: Handler<'disputeObligations'> = (request) =>
  actOnMany(request, { kind: 'DISPUTE', reason: request.body.reason });

export const obligationHandlers = {
  ...{ withdrawObligations, confirmObligations, disputeObligations },
  ...{ createObligation, createObligations, listObligations, getObligation },
  ...{ withdrawObligation, confirmObligation, disputeObligation, resolveObligationDispute },
};
