import { readFile } from 'node:fs/promises';
import { readStatements } from '../../../shared/formats/read-statements.ts';
import type {
  StatementEntry,
  StatementEvent,
  StatementHeader,
  StatementTrailer,
} from '../../../shared/formats/statement-events.ts';

export interface ReadStatement {
  readonly header: StatementHeader;
  readonly entries: StatementEntry[];
  readonly trailer: StatementTrailer;
}

/** The events of a file, cut into chunks at the given places. */
export async function readEvents(file: Uint8Array | string, cuts: readonly number[] = []): Promise<StatementEvent[]> {
  const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file;
  const events: StatementEvent[] = [];
  for await (const event of readStatements(chunks(bytes, cuts))) events.push(event);
  return events;
}

async function* chunks(file: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  const places = [0, ...cuts.filter((cut) => cut < file.length).toSorted((a, b) => a - b), file.length];
  for (let at = 1; at < places.length; at += 1) yield file.subarray(places[at - 1], places[at]);
}

/** Statements of a file. Checks that header, entries and trailer come in their order. */
export async function readWhole(file: Uint8Array | string): Promise<ReadStatement[]> {
  const statements: ReadStatement[] = [];
  let open: { header: StatementHeader; entries: StatementEntry[] } | undefined;
  for (const event of await readEvents(file)) {
    if (event.kind === 'statement') {
      if (open) throw new Error('a statement opens within another');
      open = { header: event.header, entries: [] };
    } else if (!open) {
      throw new Error(`${event.kind} outside a statement`);
    } else if (event.kind === 'entry') {
      open.entries.push(event.entry);
    } else {
      statements.push({ ...open, trailer: event.trailer });
      open = undefined;
    }
  }
  if (open) throw new Error('a statement stays open');
  return statements;
}

export function fileAt(name: string): Promise<Uint8Array> {
  return readFile(new URL(`files/${name}`, import.meta.url));
}

export const ownFiles = [
  'camt053-dirty.xml',
  'camt052-latin1.xml',
  'camt054-batch.xml',
  'mt940-german.sta',
  'mt940-paged-swift.txt',
  'mt942-interim.txt',
];

/** The one item that must be there. */
export function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new Error(`there is no item ${index}`);
  return item;
}
