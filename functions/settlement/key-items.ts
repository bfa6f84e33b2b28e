import type { Plain } from '../../shared/dynamo/items.ts';
import type { KeyClaim } from '../../shared/http/key-claim.ts';
import { keys } from './keys.ts';

/** The record of an Idempotency-Key. */
export function keyToPlain(tenant: string, { operation, key, ...record }: KeyClaim): Plain {
  return { ...keys.record(tenant, operation, key), kind: 'KEY', ...record };
}
