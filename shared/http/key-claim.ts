import { deriveId } from '../identifiers/id.ts';
import { general } from '../problems/general.ts';
import { type Cause, causeOf } from './cause.ts';
import type { Actor } from './request.ts';

/** What an Idempotency-Key was used for: the request's fingerprint and the id of what it made. */
export interface KeyRecord {
  readonly fingerprint: string;
  readonly id: string;
}

/** A key as it is about to be used; its record is written in the transaction that makes what it asked for. */
export interface KeyClaim extends KeyRecord {
  readonly operation: string;
  readonly key: string;
  readonly at: string;
  readonly cause: Cause;
}

/** Where a capability keeps the records of its keys. */
export interface KeyRecords {
  readKey(tenant: string, operation: string, key: string): Promise<KeyRecord | undefined>;
}

/** The claim of a request's key. Problem: `request/idempotency-key-reused`. */
export async function claimOf(
  { store }: { readonly store: KeyRecords },
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
  store: KeyRecords,
  tenant: string,
  { operation, key, fingerprint }: Pick<KeyClaim, 'operation' | 'key' | 'fingerprint'>,
): Promise<KeyRecord | undefined> {
  const earlier = await store.readKey(tenant, operation, key);
  if (!earlier || earlier.fingerprint === fingerprint) return earlier;
  const detail = 'This Idempotency-Key came with another request before.';
  throw general['idempotency-key-reused'].with({ detail, errors: [{ header: 'Idempotency-Key', detail }] });
}
