import { xmlBlocks } from '../xml/xml-blocks.ts';
import type { StatusEvent } from './status-events.ts';
import { StatusParser } from './status-parser.ts';

/**
 * Reads a pain.002 of version 3 or later as its bytes come. Memory does not grow with the file. A report is good only when
 * the stream ends without an error, so whoever acts on it reads it to the end first.
 * @throws FormatError when the file is no such report, broken, cut off, incomplete or beyond a limit, or when what it
 * counts is not what it lists (totals-do-not-fit); with its place.
 */
export async function* readStatuses(source: AsyncIterable<Uint8Array>): AsyncGenerator<StatusEvent> {
  const parser = new StatusParser();
  for await (const block of xmlBlocks(source)) {
    parser.write(block);
    yield* parser.events.splice(0);
  }
  parser.end();
  yield* parser.events.splice(0);
}
