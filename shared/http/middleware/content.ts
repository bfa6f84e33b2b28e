import { general } from '../../problems/general.ts';
import { type Exchange, type Middleware, targetOf } from '../exchange.ts';
import { readJson } from '../json.ts';

/** Reads the body: as the bytes of a file, or as JSON that leaves no room for two readings. */
export function content(): Middleware {
  return {
    before: ({ event: exchange }) => {
      const { body, isBase64Encoded } = exchange.event;
      const bytes = Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');
      if (targetOf(exchange).route.body === 'FILE') exchange.content = fileOf(bytes);
      else if (bytes.length > 0) exchange.content = jsonOf(exchange, bytes);
    },
  };
}

function fileOf(bytes: Uint8Array): Uint8Array {
  if (bytes.length > 0) return bytes;
  const detail = 'The request has no body; send the file as it is.';
  throw general.malformed.with({ detail, errors: [{ pointer: '', detail }] });
}

function jsonOf({ headers }: Exchange, bytes: Uint8Array): unknown {
  if (!isJsonType(headers['content-type'])) {
    const detail = 'The header Content-Type must be application/json, in UTF-8.';
    throw general['content-type-not-supported'].with({ detail, errors: [{ header: 'Content-Type', detail }] });
  }
  return readJson(decode(bytes));
}

/** application/json, or a type built on it (RFC 6839), with any parameters but another charset than UTF-8 (RFC 8259). */
function isJsonType(contentType = ''): boolean {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]*)/i.exec(contentType)?.[1] ?? 'utf-8';
  return /^application\/([a-z0-9.-]+\+)?json\s*(;|$)/i.test(contentType.trim()) && /^utf-?8$/i.test(charset);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw general['not-json'].with({ detail: 'The body is not UTF-8.' }, { cause });
  }
}
