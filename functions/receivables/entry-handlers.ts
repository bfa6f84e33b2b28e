import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import { claimOf } from '../../shared/http/key-claim.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { defined } from '../../shared/objects/defined.ts';
import { acknowledgeCollected } from './collected/acknowledge-collected.ts';
import { presentCollected } from './collected/present-collected.ts';
import type { entryContract } from './contract-entries.ts';
import { assignReturned } from './returned/assign-returned.ts';
import { dismissReturned } from './returned/dismiss-returned.ts';
import { presentReturned } from './returned/present-returned.ts';
import { reopenReturned } from './returned/reopen-returned.ts';
import { unassignReturned } from './returned/unassign-returned.ts';
import { defaultStore } from './store.ts';
import { receivablesTools } from './tools.ts';

type Handler<Name extends keyof typeof entryContract> = OperationHandler<(typeof entryContract)[Name]>;

const listReturnedCredits: Handler<'listReturnedCredits'> = async ({ actor: { tenant }, query }) => {
  const { state, limit, cursor } = query;
  const scope = { operation: 'listReturnedCredits', tenant, filters: { state } };
  const after = cursor === undefined ? undefined : decodeCursor(scope, cursor).after;
  const { page, next } = await defaultStore().listReturned(tenant, state, after, limit);
  const nextCursor = next === undefined ? undefined : encodeCursor(scope, { after: next });
  return { body: { returnedCredits: page.map(presentReturned), ...defined({ nextCursor }) } };
};

const assignReturnedCredit: Handler<'assignReturnedCredit'> = async (request) => {
  const { actor, path, body, now } = request;
  const tools = receivablesTools();
  const claim = await claimOf(tools, 'assignReturnedCredit', 'asg', request);
  const { receiptId, amount, expectedVersion } = body;
  const of = { tenant: actor.tenant, returnedId: path.returnedCreditId, receiptId };
  const assigned = await assignReturned(tools, { ...of, ...defined({ amount, expectedVersion }) }, claim, now);
  return { body: presentReturned(assigned) };
};

const dismissReturnedCredit: Handler<'dismissReturnedCredit'> = async (request) => {
  const { actor, path, body } = request;
  const tools = receivablesTools();
  const claim = await claimOf(tools, 'dismissReturnedCredit', 'dsm', request);
  const { reason, expectedVersion } = body;
  const of = { tenant: actor.tenant, returnedId: path.returnedCreditId, reason };
  return { body: presentReturned(await dismissReturned(tools, { ...of, ...defined({ expectedVersion }) }, claim)) };
};

const listCollectedCredits: Handler<'listCollectedCredits'> = async ({ actor: { tenant }, query }) => {
  const { state, limit, cursor } = query;
  const scope = { operation: 'listCollectedCredits', tenant, filters: { state } };
  const after = cursor === undefined ? undefined : decodeCursor(scope, cursor).after;
  const { page, next } = await defaultStore().listCollected(tenant, state, after, limit);
  const nextCursor = next === undefined ? undefined : encodeCursor(scope, { after: next });
  return { body: { collectedCredits: page.map(presentCollected), ...defined({ nextCursor }) } };
};

const reopenReturnedCredit: Handler<'reopenReturnedCredit'> = async (request) => {
  const { actor, path, body } = request;
  const tools = receivablesTools();
  const claim = await claimOf(tools, 'reopenReturnedCredit', 'rop', request);
  const of = { tenant: actor.tenant, returnedId: path.returnedCreditId };
  return { body: presentReturned(await reopenReturned(tools, { ...of, ...defined(body) }, claim)) };
};

const unassignReturnedCredit: Handler<'unassignReturnedCredit'> = async (request) => {
  const { actor, path, body, now } = request;
  const tools = receivablesTools();
  const claim = await claimOf(tools, 'unassignReturnedCredit', 'uas', request);
  const { receiptId, reason, expectedVersion } = body;
  const of = { tenant: actor.tenant, returnedId: path.returnedCreditId, receiptId, reason };
  const unassigned = await unassignReturned(tools, { ...of, ...defined({ expectedVersion }) }, claim, now);
  return { body: presentReturned(unassigned) };
};

const acknowledgeCollectedCredit: Handler<'acknowledgeCollectedCredit'> = async (request) => {
  const { actor, path, body } = request;
  const tools = receivablesTools();
  const claim = await claimOf(tools, 'acknowledgeCollectedCredit', 'ack', request);
  const { reason, expectedVersion } = body;
  const of = { tenant: actor.tenant, collectedId: path.collectedCreditId, reason };
  const acknowledged = await acknowledgeCollected(tools, { ...of, ...defined({ expectedVersion }) }, claim);
  return { body: presentCollected(acknowledged) };
};

export const entryHandlers = {
  listReturnedCredits,
  assignReturnedCredit,
  dismissReturnedCredit,
  reopenReturnedCredit,
  unassignReturnedCredit,
  listCollectedCredits,
  acknowledgeCollectedCredit,
};
