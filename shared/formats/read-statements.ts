import { CamtParser } from './camt/camt-parser.ts';
import { type DetectedFormat, detectFormat, headBytes } from './detect-format.ts';
import { MtParser } from './mt/mt-parser.ts';
import type { StatementEvent } from './statement-events.ts';
import { textBlocks } from './text-blocks.ts';

/**
 * Reads a statement file of any format, as its bytes come: header, entries and trailer of each statement in turn. Memory
 * does not grow with the file. A file is good only when the stream ends without an error, so whoever stores what it
 * says reads it to the end first.
 * @throws StatementFormatError when the file is no statement, broken, cut off or beyond a limit; with its place.
 */
export async function* readStatements(source: AsyncIterable<Uint8Array>): AsyncGenerator<StatementEvent> {
  const { head, all } = await peek(source);
  const detected = await detectOrClose(head, all);
  const parser = openParser(detected);
  const boundary = detected.format.startsWith('camt') ? '>' : detected.lineEnd;
  for await (const block of textBlocks(all, { encoding: detected.encoding, boundary })) {
    parser.write(block);
    yield* parser.events.splice(0);
  }
  parser.end();
  yield* parser.events.splice(0);
}

async function detectOrClose(head: Uint8Array, all: AsyncGenerator<Uint8Array>): Promise<DetectedFormat> {
  try {
    return detectFormat(head);
  } catch (error) {
    await all.next();
    await all.return(undefined);
    throw error;
  }
}

function openParser({ format, lineEnd }: DetectedFormat): CamtParser | MtParser {
  return format === 'MT940' || format === 'MT942' ? new MtParser(format, lineEnd) : new CamtParser();
}

interface Peeked {
  readonly head: Uint8Array;
  readonly all: AsyncGenerator<Uint8Array>;
}

/** Takes the head off a stream and puts it back. The head does not depend on how the stream was cut into chunks. */
async function peek(source: AsyncIterable<Uint8Array>): Promise<Peeked> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const iterator = source[Symbol.asyncIterator]();
  while (size < headBytes) {
    const next = await iterator.next();
    if (next.done) break;
    chunks.push(next.value);
    size += next.value.length;
  }
  const head = Buffer.concat(chunks.map((chunk) => chunk.subarray(0, headBytes))).subarray(0, headBytes);
  return { head, all: rejoin(chunks, iterator) };
}

async function* rejoin(head: Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* head.splice(0);
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
