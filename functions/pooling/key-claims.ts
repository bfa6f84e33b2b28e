import type { Actor } from '../../shared/http/request.ts';
import { deriveId } from '../../shared/identifiers/id.ts';
import { general } from '../../shared/problems/general.ts';
import type { Cause } from './pool.ts';
import type { KeyClaim } from './store-pools.ts';
import type { PoolingTools } from './tools.ts';

export function causeOf({ client, role, requestId }: Actor): Cause {
  return { client, role, requestId };
}

/** The claim of a request's key. Problem: `request/idempotency-key-reused`. */
export async function claimOf(
  { store }: Pick<PoolingTools, 'store'>,
  operation: string,
  idPrefix: string,
  request: { readonly actor: Actor; readonly idempotencyKey: string; readonly fingerprint: string; readonly now: Date },
): Promise<KeyClaim> {
  const { actor, idempotencyKey: key, fingerprint, now } = request;
  const id = deriveId(idPrefix, actor.tenant, operation, key);
  const claim = { operation, key, fingerprint, id, at: now.toISOString(), cause: causeOf(actor) };
  await requireSameRequest(store, actor.tenant, claim);
  return claim;
}

/**
 * What the key made before, if anything; by the same request. Asked again by whoever lost the race for a key.
 * Problem: `request/idempotency-key-reused`.
 */
export async function requireSameRequest(
  store: Pick<PoolingTools['store'], 'readKey'>,
  tenant: string,
  { operation, key, fingerprint }: Pick<KeyClaim, 'operation' | 'key' | 'fingerprint'>,
): ReturnType<PoolingTools['store']['readKey']> {
  const earlier = await store.readKey(tenant, operation, key);
  if (!earlier || earlier.fingerprint === fingerprint) return earlier;
  const detail = 'This Idempotency-Key came with another request before.';
  throw general['idempotency-key-reused'].with({ detail, errors: [{ header: 'Idempotency-Key', detail }] });
}
