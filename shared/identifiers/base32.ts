const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export const BASE32_BYTES = 16;

/**
 * 128 bits in 26 characters of Crockford's base 32 (no I, L, O, U), most significant first, so that text sorts as the
 * bytes do. The layout of the ULID specification: two zero bits, then the 16 bytes.
 */
export function base32(bytes: Uint8Array): string {
  if (bytes.length !== BASE32_BYTES) throw new RangeError(`Expected ${BASE32_BYTES} bytes, got ${bytes.length}.`);
  let text = '';
  let bits = 0;
  let bitCount = 2;
  for (const byte of bytes) {
    bits = (bits << 8) | byte;
    bitCount += 8;
    while (bitCount >= 5) {
      bitCount -= 5;
      text += alphabet[(bits >>> bitCount) & 31];
    }
    bits &= (1 << bitCount) - 1;
  }
  return text;
}
