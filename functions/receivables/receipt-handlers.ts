import { businessDateOf } from '../../shared/calendar/plain-date.ts';
import { causeOf } from '../../shared/http/cause.ts';
import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import { claimOf } from '../../shared/http/key-claim.ts';
import type { Actor, OperationHandler } from '../../shared/http/request.ts';
import { maskAccount } from '../../shared/identifiers/mask.ts';
import { defined } from '../../shared/objects/defined.ts';
import type { receiptContract } from './contract-receipts.ts';
import { actOnReceipt } from './matches/act-on-receipt.ts';
import type { DecidedReceipt } from './matches/decided-receipt.ts';
import { allocate, dismiss, matchByHand, refund } from './matches/match-by-hand.ts';
import type { Step } from './matches/step.ts';
import { matchesToUndo, undoSeveral } from './matches/undo-matches.ts';
import { createReceipt as create } from './receipts/create-receipt.ts';
import { wholeReceipt } from './receipts/find-receipt.ts';
import { mergeByHand } from './receipts/merge-by-hand.ts';
import { pageReceipts } from './receipts/page-receipts.ts';
import { presentOwnCredit, presentReceipt } from './receipts/present-receipt.ts';
import type { Receipt } from './receipts/receipt.ts';
import { receiptIdOfNumber } from './receipts/receipt-draft.ts';
import { reopenReceipt as reopen } from './receipts/reopen-receipt.ts';
import { takeOwnCredit as take } from './receipts/take-own-credit.ts';
import { unmergeByHand } from './receipts/unmerge-by-hand.ts';
import { defaultStore } from './store.ts';
import { receivablesTools } from './tools.ts';

type Handler<Name extends keyof typeof receiptContract> = OperationHandler<(typeof receiptContract)[Name]>;

const createReceipt: Handler<'createReceipt'> = async (request) => {
  const { actor, body } = request;
  const { tenant } = actor;
  const tools = receivablesTools();
  const { amount, payer, cashAccountId, ...facts } = body;
  const { name, account } = payer;
  const who = account === undefined ? {} : { account: maskAccount(account), accountKey: tools.hashNumber(account) };
  const draft = {
    ...facts,
    amount: amount.minor,
    currency: amount.currency,
    payer: { ...defined({ name }), ...who },
    ...defined({ cashAccountId }),
  };
  const id = receiptIdOfNumber(tenant, body.number);
  const claim = { ...(await claimOf(tools, 'createReceipt', 'rcp', request)), id };
  await create(tools, tenant, draft, claim);
  return { body: await wholeReceipt(tools.store, tenant, id) };
};

const listReceipts: Handler<'listReceipts'> = async ({ actor: { tenant }, query }) => {
  const { state, customerId, limit, cursor } = query;
  const scope = { operation: 'listReceipts', tenant, filters: defined({ state, customerId }) };
  const after = cursor === undefined ? undefined : decodeCursor(scope, cursor).after;
  const { receipts, next } = await pageReceipts(defaultStore(), tenant, query, { after, count: limit });
  const nextCursor = next === undefined ? undefined : encodeCursor(scope, { after: next });
  return { body: { receipts: receipts.map(presentReceipt), ...defined({ nextCursor }) } };
};

const getReceipt: Handler<'getReceipt'> = async ({ actor: { tenant }, path: { receiptId } }) => {
  return { body: await wholeReceipt(defaultStore(), tenant, receiptId) };
};

/** What the calls that use money of a receipt have in common. */
interface Acting {
  readonly actor: Actor;
  readonly path: { readonly receiptId: string };
  readonly idempotencyKey: string;
  readonly fingerprint: string;
  readonly now: Date;
}

type Decide = (receipt: Receipt, step: Step, id: string) => Promise<readonly DecidedReceipt[]>;

async function act(operation: string, request: Acting, expectedVersion: number | undefined, decide: Decide) {
  const { actor, path, now } = request;
  const { tenant } = actor;
  const store = defaultStore();
  const claim = await claimOf({ store }, operation, 'rfd', request);
  const step = { at: now.toISOString(), date: businessDateOf(now), cause: causeOf(actor) };
  const which = { tenant, ...path, ...defined({ expectedVersion }) };
  await actOnReceipt(store, which, claim, (receipt) => decide(receipt, step, claim.id));
  return { body: await wholeReceipt(store, tenant, path.receiptId) };
}

const matchReceipt: Handler<'matchReceipt'> = (request) =>
  act('matchReceipt', request, request.body.expectedVersion, async (receipt, step) => [
    await matchByHand(defaultStore(), receipt, request.body, step),
  ]);

const unmatchReceipt: Handler<'unmatchReceipt'> = (request) =>
  act('unmatchReceipt', request, undefined, async (receipt, step) => {
    const { matchId, reason } = request.body;
    const history = await defaultStore().readHistory(receipt);
    return undoSeveral(defaultStore(), receipt, matchesToUndo(history, matchId), history, reason, step);
  });

const allocateReceipt: Handler<'allocateReceipt'> = (request) =>
  act('allocateReceipt', request, request.body.expectedVersion, async (receipt, step) => [
    await allocate(defaultStore(), receipt, request.body, step),
  ]);

const refundReceipt: Handler<'refundReceipt'> = (request) =>
  act('refundReceipt', request, request.body.expectedVersion, async (receipt, step, id) => [
    refund(receipt, request.body, id, step),
  ]);

const mergeReceipt: Handler<'mergeReceipt'> = async (request) => {
  const { actor, path, body, now } = request;
  const { tenant } = actor;
  const store = defaultStore();
  const claim = await claimOf({ store }, 'mergeReceipt', 'mrg', request);
  const step = { at: now.toISOString(), date: businessDateOf(now), cause: causeOf(actor) };
  const { into, expectedVersion } = body;
  await mergeByHand(store, { tenant, ...path, into, ...defined({ expectedVersion }) }, claim, step);
  return { body: await wholeReceipt(store, tenant, path.receiptId) };
};

const unmergeReceipt: Handler<'unmergeReceipt'> = async (request) => {
  const { actor, path, body, now } = request;
  const { tenant } = actor;
  const store = defaultStore();
  const claim = await claimOf({ store }, 'unmergeReceipt', 'umg', request);
  const step = { at: now.toISOString(), date: businessDateOf(now), cause: causeOf(actor) };
  const { reason, expectedVersion } = body;
  await unmergeByHand(store, { tenant, ...path, reason, ...defined({ expectedVersion }) }, claim, step);
  return { body: await wholeReceipt(store, tenant, path.receiptId) };
};

const dismissReceipt: Handler<'dismissReceipt'> = (request) =>
  act('dismissReceipt', request, request.body.expectedVersion, async (receipt, step) => [
    dismiss(receipt, request.body, step),
  ]);

const reopenReceipt: Handler<'reopenReceipt'> = (request) =>
  act('reopenReceipt', request, request.body.expectedVersion, async (before, step) => [
    { receipt: { next: reopen(before, request.body.reason, step), before }, invoices: [] },
  ]);

const listOwnCredits: Handler<'listOwnCredits'> = async ({ actor: { tenant }, query }) => {
  const { state, limit, cursor } = query;
  const scope = { operation: 'listOwnCredits', tenant, filters: { state } };
  const after = cursor === undefined ? undefined : decodeCursor(scope, cursor).after;
  const { page, next } = await defaultStore().listOwnCredits(tenant, state, after, limit);
  const nextCursor = next === undefined ? undefined : encodeCursor(scope, { after: next });
  return { body: { ownCredits: page.map(presentOwnCredit), ...defined({ nextCursor }) } };
};

const takeOwnCredit: Handler<'takeOwnCredit'> = async (request) => {
  const { actor, path } = request;
  const { tenant } = actor;
  const store = defaultStore();
  const claim = await claimOf({ store }, 'takeOwnCredit', 'own', request);
  await take(store, { tenant, id: path.receiptId }, claim);
  return { body: await wholeReceipt(store, tenant, path.receiptId) };
};

export const receiptHandlers = {
  createReceipt,
  listReceipts,
  getReceipt,
  matchReceipt,
  unmatchReceipt,
  allocateReceipt,
  refundReceipt,
  mergeReceipt,
  unmergeReceipt,
  dismissReceipt,
  reopenReceipt,
  listOwnCredits,
  takeOwnCredit,
};
