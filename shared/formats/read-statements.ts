import { CamtParser } from './camt/camt-parser.ts';
import { type DetectedFormat, detectFormat } from './detect-format.ts';
import { peek } from './file-head.ts';
import { MtParser } from './mt/mt-parser.ts';
import type { StatementEvent } from './statement-events.ts';
import { textBlocks } from './text-blocks.ts';

/**
 * Reads a statement file of any format, as its bytes come: header, entries and trailer of each statement in turn. Memory
 * does not grow with the file. A file is good only when the stream ends without an error, so whoever stores what it
 * says reads it to the end first.
 * @throws FormatError when the file is no statement, broken, cut off or beyond a limit; with its place.
 */
export async function* readStatements(source: AsyncIterable<Uint8Array>): AsyncGenerator<StatementEvent> {
  const { found: detected, all } = await peek(source, detectFormat);
  const parser = openParser(detected);
  const boundary = detected.format.startsWith('camt') ? '>' : detected.lineEnd;
  for await (const block of textBlocks(all, { encoding: detected.encoding, boundary })) {
    parser.write(block);
    yield* parser.events.splice(0);
  }
  parser.end();
  yield* parser.events.splice(0);
}

function openParser({ format, lineEnd }: DetectedFormat): CamtParser | MtParser {
  return format === 'MT940' || format === 'MT942' ? new MtParser(format, lineEnd) : new CamtParser();
}
