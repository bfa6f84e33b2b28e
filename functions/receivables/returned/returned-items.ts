import type { Plain } from '../../../shared/dynamo/items.ts';
import { keys, returnedOf } from '../keys.ts';
import { type ReturnedCredit, returnedState } from './returned-credit.ts';

/** Items as plain objects ↔ the model. */
export function returnedToPlain(returned: ReturnedCredit): Plain {
  const { tenant, id, createdAt } = returned;
  return {
    ...keys.returnedCredit(tenant, id),
    kind: 'RETURNED_CREDIT',
    ...returned,
    listOf: returnedOf(tenant, returnedState(returned)),
    listAt: `${createdAt}#${id}`,
  };
}

export function returnedFromPlain(plain: Plain): ReturnedCredit {
  const { pk: _pk, sk: _sk, kind: _kind, listOf: _of, listAt: _at, revision, ...facts } = plain;
  return { ...(facts as unknown as ReturnedCredit), revision: Number(revision) };
}

/** That one is open, beside the others of its tenant that are: receipts that come are looked at for them. */
export function openReturnedToPlain({ tenant, id, legalEntity, currency, accountId }: ReturnedCredit): Plain {
  return { ...keys.openReturned(tenant, id), kind: 'OPEN_RETURNED', tenant, id, legalEntity, currency, accountId };
}
