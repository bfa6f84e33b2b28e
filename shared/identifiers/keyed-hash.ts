import { createHmac } from 'node:crypto';

/**
 * HMAC-SHA-256 of a value in base64url (43 characters): finds an account number again without storing it in a key.
 * Account numbers are few enough to try them all, so a plain hash would not hide them; the key does. Throws RangeError
 * on an empty key.
 */
export function keyedHash(value: string, key: string): string {
  if (key === '') throw new RangeError('A keyed hash needs a key.');
  return createHmac('sha256', key).update(value, 'utf8').digest('base64url');
}
