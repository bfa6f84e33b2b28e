import type { Plain } from '../../../shared/dynamo/items.ts';
import { collectedOf, keys, openCollected } from '../keys.ts';
import { type CollectedCredit, collectedState } from './collected-credit.ts';

/** Items as plain objects ↔ the model. Counts come back from N as bigint, amounts stay it. */
export function collectedToPlain(collected: CollectedCredit): Plain {
  const { tenant, id, createdAt } = collected;
  const state = collectedState(collected);
  return {
    ...keys.collectedCredit(tenant, id),
    kind: 'COLLECTED_CREDIT',
    ...collected,
    listOf: collectedOf(tenant, state),
    listAt: `${createdAt}#${id}`,
    ...((state === 'DIFFERS' || !collected.comparedAgain) && { openOf: openCollected, openAt: `${createdAt}#${id}` }),
  };
}

export function collectedFromPlain(plain: Plain): CollectedCredit {
  const { pk: _pk, sk: _sk, kind: _kind, listOf: _of, listAt: _at, openOf: _oo, openAt: _oa, ...rest } = plain;
  const { revision, orders, ...facts } = rest;
  return { ...(facts as unknown as CollectedCredit), orders: Number(orders), revision: Number(revision) };
}
