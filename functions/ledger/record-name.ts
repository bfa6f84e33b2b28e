import { deriveId } from '../../shared/identifiers/id.ts';

/**
 * The id of the record that a name of several parts stands for; a transfer made under the name has this id. One part
 * alone would be the Idempotency-Key of an HTTP call, which a client chooses: a RangeError.
 */
export function recordIdOfName(tenant: string, name: readonly string[]): string {
  if (name.length < 2) throw new RangeError('What another capability writes has a name of two parts or more.');
  return deriveId('tr', tenant, ...name);
}

/** A name begins with the capability that gives it: what it holds, nobody else ends, and what it owns, nobody else moves. */
export function ownerNamedBy([owner]: readonly string[]): { readonly owner?: string } {
  return owner === undefined ? {} : { owner };
}
