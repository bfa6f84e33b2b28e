import type { KeyClaim, KeyRecord } from '../http/key-claim.ts';
import type { Plain } from './items.ts';
import type { TableAccess } from './table-access.ts';

/** Where the record of an Idempotency-Key lies, in the table of the capability that the request was for. */
export function keyPlace(tenant: string, operation: string, key: string) {
  return { pk: `${tenant}#K#${operation}#${key}`, sk: 'K' };
}

/** The record of an Idempotency-Key. */
export function keyToPlain(tenant: string, { operation, key, ...record }: KeyClaim): Plain {
  return { ...keyPlace(tenant, operation, key), kind: 'KEY', ...record };
}

/** Reads what Idempotency-Keys were used for. */
export function keyReader({ get }: Pick<TableAccess, 'get'>) {
  return async (tenant: string, operation: string, key: string): Promise<KeyRecord | undefined> => {
    const item = await get(keyPlace(tenant, operation, key));
    return item && { fingerprint: String(item.fingerprint), id: String(item.id) };
  };
}
