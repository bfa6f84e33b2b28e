import { causeOf } from '../../shared/http/cause.ts';
import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { defined } from '../../shared/objects/defined.ts';
import type { proofContract } from './contract-proofs.ts';
import * as asking from './journal/proof/ask-for-proof.ts';
import { presentClosedDay, presentProof } from './journal/proof/present-proof.ts';
import { findMarket } from './markets/keep-market.ts';
import { defaultStore } from './store.ts';

type Handler<Name extends keyof typeof proofContract> = OperationHandler<(typeof proofContract)[Name]>;

const askForProof: Handler<'askForProof'> = async ({ actor, path: { marketId }, body: { anew }, now }) => {
  const store = defaultStore();
  const { tenant } = actor;
  const { currency } = await findMarket(store, tenant, marketId);
  const asked = await asking.askForProof(store, { tenant, marketId }, anew, causeOf(actor), now.toISOString());
  return { body: presentProof(asked, currency) };
};

const getProof: Handler<'getProof'> = async ({ actor: { tenant }, path: { marketId } }) => {
  const store = defaultStore();
  const { currency } = await findMarket(store, tenant, marketId);
  return { body: presentProof(await asking.findProof(store, { tenant, marketId }), currency) };
};

const listClosedDays: Handler<'listClosedDays'> = async ({ actor: { tenant }, path: { marketId }, query }) => {
  const { from, to, limit, cursor } = query;
  const store = defaultStore();
  const scope = { operation: 'listClosedDays', tenant, filters: { marketId, from, to } };
  const after = cursor === undefined ? undefined : decodeCursor(scope, cursor).after;
  const { currency } = await findMarket(store, tenant, marketId);
  const { days, next } = await store.listClosedDays({ tenant, marketId }, { from, to }, after, limit);
  const nextCursor = next === undefined ? undefined : encodeCursor(scope, { after: next });
  return { body: { days: days.map((day) => presentClosedDay(day, currency)), ...defined({ nextCursor }) } };
};

export const proofHandlers = { askForProof, getProof, listClosedDays };
