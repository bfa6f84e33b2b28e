import { causeOf } from '../../shared/http/cause.ts';
import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import { claimOf } from '../../shared/http/key-claim.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { defined } from '../../shared/objects/defined.ts';
import type { merchantContract } from './contract-merchants.ts';
import { findMarket } from './markets/keep-market.ts';
import { toShortfall } from './markets/market-shapes.ts';
import type { MerchantChange } from './merchants/change-merchant.ts';
import * as merchants from './merchants/keep-merchant.ts';
import { type MerchantChangeRequest, toPayout } from './merchants/merchant-shapes.ts';
import { presentMerchant } from './merchants/present-merchant.ts';
import { defaultStore } from './store.ts';
import { settlementTools } from './tools.ts';

type Handler<Name extends keyof typeof merchantContract> = OperationHandler<(typeof merchantContract)[Name]>;

const createMerchant: Handler<'createMerchant'> = async (request) => {
  const { actor, body, now } = request;
  const tools = settlementTools();
  const claim = { ...(await claimOf(tools, 'createMerchant', 'mer', request)), id: body.id };
  const { payout, shortfall, clawBackSince, ...rest } = body;
  const content = {
    ...{ tenant: actor.tenant, ...rest, payout: toPayout(payout) },
    ...defined({ clawBackSince, shortfall: shortfall && toShortfall(shortfall) }),
  };
  return { body: presentMerchant(await merchants.createMerchant(tools, content, claim, now)) };
};

const listMerchants: Handler<'listMerchants'> = async ({ actor: { tenant }, query }) => {
  const { marketId, cursor, limit } = query;
  const store = defaultStore();
  const scope = { operation: 'listMerchants', tenant, filters: { marketId } };
  const after = cursor === undefined ? undefined : decodeCursor(scope, cursor).after;
  await findMarket(store, tenant, marketId);
  const { merchants: found, next } = await store.listMerchants(tenant, marketId, after, limit);
  const nextCursor = next === undefined ? undefined : encodeCursor(scope, { after: next });
  return { body: { merchants: found.map(presentMerchant), ...defined({ nextCursor }) } };
};

const getMerchant: Handler<'getMerchant'> = async ({ actor, path: { merchantId } }) => {
  return { body: presentMerchant(await merchants.findMerchant(defaultStore(), actor, merchantId)) };
};

const changeMerchant: Handler<'changeMerchant'> = async ({ actor, path: { merchantId }, body, now }) => {
  const { expectedVersion } = body;
  const on = { at: now.toISOString(), cause: causeOf(actor), ...defined({ expectedVersion }) };
  const which = { tenant: actor.tenant, merchantId };
  return { body: presentMerchant(await merchants.applyChange(settlementTools(), which, changeOf(body), on)) };
};

function changeOf({ expectedVersion: _, payout, shortfall, ...rest }: MerchantChangeRequest): MerchantChange {
  return {
    ...defined(rest),
    ...(payout && { payout: toPayout(payout) }),
    ...(shortfall !== undefined && { shortfall: shortfall && toShortfall(shortfall) }),
  };
}

export const merchantHandlers = { createMerchant, listMerchants, getMerchant, changeMerchant };
