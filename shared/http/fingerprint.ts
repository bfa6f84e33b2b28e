import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';

/** What makes two requests the same request, in the caller's words and before they are interpreted. */
export interface FingerprintParts {
  readonly method: string;
  /** The path called, ids filled in. */
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  /** A JSON value, or the bytes of a file. */
  readonly body: unknown;
}

/**
 * SHA-256 (hex) over method, path, query and content. The order of keys and blanks in the JSON do not count; the bytes
 * of a file all do. An Idempotency-Key that comes back must come with the same fingerprint.
 */
export function fingerprintOf({ method, path, query, body }: FingerprintParts): string {
  const hash = createHash('sha256').update(`${canonicalJson([method, path, query])}\n`);
  if (body instanceof Uint8Array) return hash.update('file\n').update(body).digest('hex');
  return hash.update(`json\n${body === undefined ? '' : canonicalJson(body)}`).digest('hex');
}
