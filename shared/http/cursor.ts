import { createHash } from 'node:crypto';
import { general } from '../problems/general.ts';
import { canonicalJson } from './canonical-json.ts';

const CHECKSUM_CHARACTERS = 16;

/** What a cursor is good for: one list of one tenant, and the filters that the list was asked with. */
export interface CursorScope {
  readonly operation: string;
  readonly tenant: string;
  readonly filters?: Readonly<Record<string, unknown>>;
}

/** Where a list goes on: the sort keys of the last item shown, say. */
export type CursorPosition = Readonly<Record<string, string>>;

/**
 * An opaque cursor for `nextCursor`, in the alphabet of URLs.
 *
 * It is bound to its scope by a checksum, not by a secret: whoever reads this text can forge one. So take sort keys from
 * a position, never a partition key or anything else that authorises.
 */
export function encodeCursor(scope: CursorScope, position: CursorPosition): string {
  const text = canonicalJson(position);
  return checksum(scope, text) + Buffer.from(text).toString('base64url');
}

/** The position in a cursor of this scope. One that is broken or was given for another list is a problem of the caller's. */
export function decodeCursor(scope: CursorScope, cursor: string): CursorPosition {
  const text = Buffer.from(cursor.slice(CHECKSUM_CHARACTERS), 'base64url').toString();
  if (cursor.slice(0, CHECKSUM_CHARACTERS) !== checksum(scope, text)) {
    const detail = 'The cursor was not given by this list with these filters.';
    throw general['cursor-not-usable'].with({ detail, errors: [{ parameter: 'cursor', detail }] });
  }
  return readPosition(text);
}

function checksum(scope: CursorScope, text: string): string {
  const { operation, tenant, filters = {} } = scope;
  return createHash('sha256')
    .update(canonicalJson([operation, tenant, filters, text]))
    .digest('base64url')
    .slice(0, CHECKSUM_CHARACTERS);
}

function readPosition(text: string): CursorPosition {
  const position: unknown = JSON.parse(text);
  return position as CursorPosition;
}
