import type { Plain } from '../../../shared/dynamo/items.ts';
import { keys } from '../keys.ts';
import type { Market } from './market.ts';

/** Items as plain objects ↔ the model. Counts come back from N as bigint, amounts and basis points stay it. */
export function marketToPlain(market: Market): Plain {
  return { ...keys.market(market.tenant, market.id), kind: 'MARKET', ...market };
}

export function marketFromPlain(plain: Plain): Market {
  const { pk: _pk, sk: _sk, kind: _kind, orderTimeoutMinutes, revision, ...facts } = plain;
  return {
    ...(facts as unknown as Market),
    orderTimeoutMinutes: Number(orderTimeoutMinutes),
    revision: Number(revision),
  };
}
