import type { Plain } from '../../../shared/dynamo/items.ts';
import { keys, returnedListOf } from '../keys.ts';
import { type ReturnedCredit, restOf, returnedState } from './returned-credit.ts';

/** One of which something is left to be done, with what tells whether a receipt may be its own. Minor units. */
export interface OpenReturned extends Pick<ReturnedCredit, 'tenant' | 'id' | 'legalEntity' | 'currency'> {
  readonly amounts: readonly bigint[];
  readonly endToEnds: readonly string[];
}

/** Items as plain objects ↔ the model. */
export function returnedToPlain(returned: ReturnedCredit): Plain {
  const { tenant, id, createdAt } = returned;
  return {
    ...keys.returnedCredit(tenant, id),
    kind: 'RETURNED_CREDIT',
    ...returned,
    listOf: returnedListOf(tenant, returnedState(returned)),
    listAt: `${createdAt}#${id}`,
  };
}

export function returnedFromPlain(plain: Plain): ReturnedCredit {
  const { pk: _pk, sk: _sk, kind: _kind, listOf: _of, listAt: _at, revision, ...facts } = plain;
  return { ...(facts as unknown as ReturnedCredit), revision: Number(revision) };
}

/** That something of one is left to be done, beside the others of its tenant: receipts that come are looked at for them. */
export function openReturnedToPlain(returned: ReturnedCredit): Plain {
  const { tenant, id, legalEntity, currency, payments } = returned;
  const payers = [returned, ...payments];
  const open: OpenReturned = {
    ...{ tenant, id, legalEntity, currency },
    amounts: [restOf(returned), ...payments.map(({ amount }) => amount)],
    endToEnds: payers.flatMap(({ endToEnd }) => endToEnd ?? []),
  };
  return { ...keys.openReturned(tenant, id), kind: 'OPEN_RETURNED', ...open };
}

export function openReturnedFromPlain({ pk: _pk, sk: _sk, kind: _kind, ...open }: Plain): OpenReturned {
  return open as unknown as OpenReturned;
}

/** That one takes money off a receipt, so that no other does at the same time. */
export function returningToPlain(tenant: string, receiptId: string, returnedId: string): Plain {
  return { ...keys.returning(tenant, receiptId), kind: 'RETURNING', tenant, receiptId, returnedId };
}
