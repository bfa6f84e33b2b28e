/** Bytes decoded at a time while looking for the one that does not fit. */
const strideBytes = 4_096;

/** Where bytes first do not fit an encoding: the offset of the byte, or their number where they end within a character. */
export function firstFault(bytes: Uint8Array, encoding: string): number | undefined {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for (let start = 0; start < bytes.length; start += strideBytes) {
    if (!takes(decoder, bytes.subarray(start, start + strideBytes))) return faultFrom(bytes, encoding, start);
  }
  return takes(decoder) ? undefined : bytes.length;
}

/** The same from `start` on, a byte at a time; all before it fits. */
function faultFrom(bytes: Uint8Array, encoding: string, start: number): number {
  const decoder = new TextDecoder(encoding, { fatal: true });
  takes(decoder, bytes.subarray(0, start));
  let at = start;
  while (at < bytes.length && takes(decoder, bytes.subarray(at, at + 1))) at += 1;
  return at;
}

function takes(decoder: InstanceType<typeof TextDecoder>, bytes?: Uint8Array): boolean {
  try {
    if (bytes) decoder.decode(bytes, { stream: true });
    else decoder.decode();
    return true;
  } catch {
    return false;
  }
}
