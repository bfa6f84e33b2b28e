import type { Plain } from '../../../shared/dynamo/items.ts';
import { keys, virtualAccountsOf } from '../keys.ts';
import type { StoredVirtualAccount } from './virtual-account.ts';

/** Items as plain objects ↔ the model. */
export function virtualAccountToPlain(account: StoredVirtualAccount): Plain {
  const { tenant, id, number } = account;
  return {
    ...keys.virtualAccount(tenant, id),
    kind: 'VIRTUAL_ACCOUNT',
    ...account,
    listOf: virtualAccountsOf(tenant),
    listAt: number,
  };
}

export function virtualAccountFromPlain(plain: Plain): StoredVirtualAccount {
  const { pk: _pk, sk: _sk, kind: _kind, listOf: _of, listAt: _at, revision, ...facts } = plain;
  return { ...(facts as unknown as StoredVirtualAccount), revision: Number(revision) };
}
