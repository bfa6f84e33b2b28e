import { causeOf } from '../../shared/http/cause.ts';
import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { defined } from '../../shared/objects/defined.ts';
import { transferIds } from './booking/transfer-ids.ts';
import type { matchContract } from './contract-matches.ts';
import { assignException as assign, settleException as settle } from './exceptions/act-on-exception.ts';
import { presentMatch } from './matches/present-match.ts';
import { problems } from './problems.ts';
import { presentProof, presentRefused } from './proof/present-proof.ts';
import { proveBooks } from './proof/prove-books.ts';
import { pageExceptions } from './receipts/page-receipts.ts';
import { presentReceipt } from './receipts/present-receipt.ts';
import { sameMoneyAsEach } from './receipts/same-money.ts';
import { defaultStore } from './store.ts';
import { receivablesTools } from './tools.ts';

type Handler<Name extends keyof typeof matchContract> = OperationHandler<(typeof matchContract)[Name]>;

const getMatch: Handler<'getMatch'> = async ({ actor: { tenant }, path: { matchId } }) => {
  const tools = receivablesTools();
  const match = await tools.store.readMatch(tenant, matchId);
  if (!match) throw problems['match-not-found'].with({ detail: `There is no match ${matchId}.`, matchId });
  const names = match.undone ? [[matchId], [matchId, 'undone']] : [[matchId]];
  const [transferId = '', undoneTransferId] = await transferIds(tools, tenant, names);
  return { body: { ...presentMatch(match), transferId, ...defined({ undoneTransferId }) } };
};

const listExceptions: Handler<'listExceptions'> = async ({ actor: { tenant }, query }) => {
  const { reason, assignee, limit, cursor } = query;
  const scope = { operation: 'listExceptions', tenant, filters: defined({ reason, assignee }) };
  const after = cursor === undefined ? undefined : decodeCursor(scope, cursor).after;
  const { receipts, next } = await pageExceptions(defaultStore(), tenant, query, { after, count: limit });
  const nextCursor = next === undefined ? undefined : encodeCursor(scope, { after: next });
  const mergeInto = await sameMoneyAsEach(defaultStore(), receipts);
  const exceptions = receipts.map((receipt) => ({
    ...presentReceipt(receipt),
    mergeInto: mergeInto.get(receipt.id) ?? [],
  }));
  return { body: { exceptions, ...defined({ nextCursor }) } };
};

const assignException: Handler<'assignException'> = async ({ actor, path: { receiptId }, body, now }) => {
  const { expectedVersion, ...assignment } = body;
  const which = { tenant: actor.tenant, receiptId, ...defined({ expectedVersion }) };
  const step = { at: now.toISOString(), cause: causeOf(actor) };
  return { body: presentReceipt(await assign(defaultStore(), which, assignment, step)) };
};

const settleException: Handler<'settleException'> = async ({ actor, path: { receiptId }, now }) => {
  const step = { at: now.toISOString(), cause: causeOf(actor) };
  return { body: presentReceipt(await settle(defaultStore(), { tenant: actor.tenant, receiptId }, step)) };
};

const proveReceivables: Handler<'proveReceivables'> = async ({ actor: { tenant } }) => {
  return { body: presentProof(await proveBooks(receivablesTools(), tenant)) };
};

const listRefusedBookings: Handler<'listRefusedBookings'> = async ({ actor: { tenant }, query }) => {
  const scope = { operation: 'listRefusedBookings', tenant };
  const after = query.cursor === undefined ? undefined : decodeCursor(scope, query.cursor).after;
  const { page, more } = await defaultStore().listRefused(tenant, after, query.limit);
  const last = more ? page.at(-1)?.at : undefined;
  const nextCursor = last === undefined ? undefined : encodeCursor(scope, { after: last });
  return { body: { bookings: page.map(({ refused }) => presentRefused(refused)), ...defined({ nextCursor }) } };
};

export const matchHandlers = {
  getMatch,
  listExceptions,
  assignException,
  settleException,
  proveReceivables,
  listRefusedBookings,
};
