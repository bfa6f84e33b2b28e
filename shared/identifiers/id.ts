import { createHash, randomFillSync } from 'node:crypto';
import { BASE32_BYTES, base32 } from './base32.ts';

const TIME_BYTES = 6;
const LENGTH_BYTES = 4;

let lastMilliseconds = -1;
const random = new Uint8Array(BASE32_BYTES - TIME_BYTES);

/**
 * A new id such as 'acc_01J9ZC6S3V8Q6X0T1M4N7P2R5K': the prefix and a ULID of `now`. Ids sort by time to the
 * millisecond; within one millisecond, those made by one process in a row sort in the order they were made.
 */
export function newId(prefix: string, now: Date): string {
  const milliseconds = now.getTime();
  if (!(milliseconds >= 0)) throw new RangeError('An id needs an instant from 1970 on.');
  if (milliseconds === lastMilliseconds) increment(random);
  else drawRandom();
  lastMilliseconds = milliseconds;

  const bytes = Buffer.alloc(BASE32_BYTES);
  bytes.writeUIntBE(milliseconds, 0, TIME_BYTES);
  bytes.set(random, TIME_BYTES);
  return `${prefix}_${base32(bytes)}`;
}

/**
 * The one id that belongs to these parts, the same for ever and everywhere: the first 128 bits of SHA-256 over each
 * part's length in bytes (4 bytes, big-endian) and its UTF-8. ('ab', 'c') and ('a', 'bc') differ. The prefix does not
 * enter the digest. Throws TypeError on text that has no UTF-8 (half a surrogate pair).
 */
export function deriveId(prefix: string, ...parts: string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    if (!part.isWellFormed()) throw new TypeError('An id cannot be derived from text with half a surrogate pair.');
    const bytes = Buffer.from(part, 'utf8');
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  }
  return `${prefix}_${base32(hash.digest().subarray(0, BASE32_BYTES))}`;
}

/** Whether the text is an id with this prefix. Capitals only, as the system writes them. */
export function isId(prefix: string, text: string): boolean {
  return text.startsWith(`${prefix}_`) && /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(text.slice(prefix.length + 1));
}

/** Fresh random bits, the first of them zero, so that counting up within a millisecond never runs over. */
function drawRandom(): void {
  randomFillSync(random);
  random[0] = (random[0] ?? 0) & 0x7f;
}

function increment(bytes: Uint8Array): void {
  for (let index = bytes.length - 1; index >= 0; index -= 1) {
    const next = ((bytes[index] ?? 0) + 1) & 0xff;
    bytes[index] = next;
    if (next !== 0) return;
  }
}
