import type { IncomingMessage } from 'node:http';

/** A body up to a limit, or its beginning where it is larger: the rest is still in the stream. */
export interface BodyRead {
  readonly bytes: Buffer;
  readonly isWhole: boolean;
}

/** Reads a body into memory, and stops (without closing the stream) once it has more than `bytesMax`. */
export async function readBody(request: IncomingMessage, bytesMax: number): Promise<BodyRead> {
  const chunks: Buffer[] = [];
  let count = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk);
    count += chunk.length;
    if (count > bytesMax) return { bytes: Buffer.concat(chunks), isWhole: false };
  }
  return { bytes: Buffer.concat(chunks), isWhole: true };
}
