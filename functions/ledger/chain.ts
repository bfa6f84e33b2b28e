import { createHash } from 'node:crypto';
import { canonicalJson } from '../../shared/http/canonical-json.ts';
import type { AccountState } from './account.ts';
import type { Cause, TransferContent } from './transfer.ts';

/**
 * The hash chain. Each version of an account holds SHA-256 over the hash before it and all it says, the digests of the
 * transfers it took in included. Changing or removing anything in between breaks the chain at that link.
 */
export interface LinkContent {
  readonly state: Omit<AccountState, 'hash'>;
  /** Digests of the groups of transfers taken in, in order. */
  readonly groups: readonly Uint8Array[];
  readonly cause: Cause;
}

/** What an account's first version is linked to: the digest of what never changes about it. */
export function genesisOf(account: object): Uint8Array {
  return sha256(canonical(account));
}

export function hashOf(previous: Uint8Array, link: LinkContent): Uint8Array {
  const { accountId, currency, hot, version, status, constraint } = link.state;
  const { posted, pendingIn, pendingOut, frozen, book, owner, takesCredits, at } = link.state;
  const balances = { posted, pendingIn, pendingOut, frozen };
  const content = canonical({
    // An account without book, owner or door for credits says nothing about them: its link is what it was before there were any.
    state: { accountId, currency, hot, version, status, constraint, ...balances, book, owner, takesCredits, at },
    groups: link.groups.map(hex),
    cause: link.cause,
  });
  return sha256(previous, content);
}

/** Digest of one transfer's content; what became of it later (status, resolvedBy, reversedBy) is told by other transfers. */
export function digestOf(transfer: TransferContent): Uint8Array {
  const { id, type, mode, legs, valueDate, bookedAt, expiresAt, owner } = transfer;
  const { description, references, pendingId, reverses, cause } = transfer;
  return sha256(
    canonical({
      id,
      type,
      mode,
      legs: legs.map(({ debitAccountId, creditAccountId, amount, currency, held }) => ({
        debitAccountId,
        creditAccountId,
        amount,
        currency,
        held,
      })),
      valueDate,
      bookedAt,
      expiresAt,
      owner,
      description,
      references,
      pendingId,
      reverses,
      cause,
    }),
  );
}

/** Digest of several transfers taken in together, in order. */
export function groupDigestOf(digests: readonly Uint8Array[]): Uint8Array {
  return sha256(...digests);
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function sha256(...parts: readonly (Uint8Array | string)[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

/** The same content always gives the same bytes: canonical JSON, whole numbers beyond JSON's as digits. */
function canonical(value: object): string {
  return canonicalJson(
    JSON.parse(JSON.stringify(value, (_, field) => (typeof field === 'bigint' ? `${field}` : field))),
  );
}
