import { causeOf } from '../../shared/http/cause.ts';
import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import { claimOf } from '../../shared/http/key-claim.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { defined } from '../../shared/objects/defined.ts';
import type { marketContract } from './contract-markets.ts';
import * as markets from './markets/keep-market.ts';
import { toShortfall } from './markets/market-shapes.ts';
import { presentMarket } from './markets/present-market.ts';
import { defaultStore } from './store.ts';
import { settlementTools } from './tools.ts';

type Handler<Name extends keyof typeof marketContract> = OperationHandler<(typeof marketContract)[Name]>;

const createMarket: Handler<'createMarket'> = async (request) => {
  const { actor, body, now } = request;
  const tools = settlementTools();
  const claim = { ...(await claimOf(tools, 'createMarket', 'mkt', request)), id: body.id };
  const { channels, shortfall, ...rest } = body;
  const content = { tenant: actor.tenant, ...rest, shortfall: toShortfall(shortfall) };
  return { body: presentMarket(await markets.createMarket(tools, content, channels, claim, now)) };
};

const listMarkets: Handler<'listMarkets'> = async ({ actor: { tenant }, query }) => {
  const scope = { operation: 'listMarkets', tenant };
  const after = query.cursor === undefined ? undefined : decodeCursor(scope, query.cursor).after;
  const { markets: found, more } = await defaultStore().listMarkets(tenant, after, query.limit);
  const last = more ? found.at(-1) : undefined;
  const next = last && encodeCursor(scope, { after: last.id });
  return { body: { markets: found.map(presentMarket), ...defined({ nextCursor: next }) } };
};

const getMarket: Handler<'getMarket'> = async ({ actor: { tenant }, path: { marketId } }) => {
  return { body: presentMarket(await markets.findMarket(defaultStore(), tenant, marketId)) };
};

const changeMarket: Handler<'changeMarket'> = async ({ actor, path: { marketId }, body, now }) => {
  const { expectedVersion, shortfall, ...rest } = body;
  const change = { ...defined(rest), ...(shortfall && { shortfall: toShortfall(shortfall) }) };
  const on = { at: now.toISOString(), cause: causeOf(actor), ...defined({ expectedVersion }) };
  const which = { tenant: actor.tenant, marketId };
  return { body: presentMarket(await markets.changeMarket(defaultStore(), which, change, on)) };
};

export const marketHandlers = { createMarket, listMarkets, getMarket, changeMarket };
