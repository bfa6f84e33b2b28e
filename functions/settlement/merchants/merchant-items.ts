import type { Plain } from '../../../shared/dynamo/items.ts';
import { keys, merchantPlace } from '../keys.ts';
import type { Merchant } from './merchant.ts';

/**
 * Items as plain objects ↔ the model. The revision comes back from N as bigint, basis points stay it. What kind of party it
 * is stands as `party`: `kind` is that of the item.
 */
export function merchantToPlain(merchant: Merchant): Plain {
  const { kind: party, ...facts } = merchant;
  const { tenant, id, marketId } = merchant;
  return {
    ...keys.merchant(tenant, id),
    kind: 'MERCHANT',
    party,
    ...facts,
    ...merchantPlace(tenant, marketId, id),
  };
}

export function merchantFromPlain(plain: Plain): Merchant {
  const { pk: _pk, sk: _sk, kind: _kind, marketOf: _of, marketAt: _at, party, revision, ...facts } = plain;
  return { ...(facts as unknown as Merchant), kind: party as Merchant['kind'], revision: Number(revision) };
}
