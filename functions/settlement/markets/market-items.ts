import type { Plain } from '../../../shared/dynamo/items.ts';
import { everyMarketPlace, keys } from '../keys.ts';
import type { Market } from './market.ts';

/** Items as plain objects ↔ the model. Counts come back from N as bigint, amounts and basis points stay it. */
export function marketToPlain(market: Market): Plain {
  const { tenant, id } = market;
  return { ...keys.market(tenant, id), kind: 'MARKET', ...market, ...everyMarketPlace(tenant, id) };
}

export function marketFromPlain(plain: Plain): Market {
  const {
    pk: _pk,
    sk: _sk,
    kind: _kind,
    marketOf: _of,
    marketAt: _at,
    orderTimeoutMinutes,
    revision,
    ...facts
  } = plain;
  return {
    ...(facts as unknown as Market),
    orderTimeoutMinutes: Number(orderTimeoutMinutes),
    revision: Number(revision),
  };
}
