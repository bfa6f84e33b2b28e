import { createHmac } from 'node:crypto';

/** HMAC-SHA-256 in base64url: finds a number again without keeping it in keys, indexes or events. */
export function keyedHash(value: string, key: string): string {
  return createHmac('sha256', key).update(value).digest('base64url');
}
