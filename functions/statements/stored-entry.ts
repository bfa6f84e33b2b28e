import type { EntryDetail, StatementEntry } from '../../shared/formats/statement-events.ts';
import { deriveId } from '../../shared/identifiers/id.ts';

/**
 * An entry at rest. Everything in it follows from the file, so that whoever writes it again writes the same bytes. Who
 * brought it is told by the statement's item.
 */
export interface StoredEntry extends Omit<StatementEntry, 'index'> {
  readonly id: string;
  /** Place in the statement, from 1. */
  readonly sequence: number;
}

export function entryId(statementId: string, sequence: number): string {
  return deriveId('ent', statementId, String(sequence));
}

/** An entry with the details that stay with it, and the others in chunks of an item each. */
export interface PackedEntry {
  readonly entry: StoredEntry;
  readonly chunks: readonly (readonly EntryDetail[])[];
  /** At most so many bytes in an item, chunks apart. */
  readonly bytes: number;
}

/** Bytes of details that stay together. */
export const detailBytesMax = 100_000;
/** Names of attributes, numbers, dates and codes of a detail and of an entry, generously. */
const detailBytesFixed = 600;
const entryBytesFixed = 1_500;
const bytesPerCharacterMax = 3;

/** An entry with as many details as stay with it, the others in chunks behind it. */
export function packEntry(statementId: string, sequence: number, event: StatementEntry): PackedEntry {
  const { index: _, ...entry } = event;
  const [details = [], ...chunks] = cutBySize(event.details);
  const own = entryBytesFixed + textBytes(entry) + textBytes({ remittance: entry.additionalInformation });
  const bytes = details.reduce((sum, detail) => sum + detailBytes(detail), own);
  return { entry: { ...entry, id: entryId(statementId, sequence), sequence, details }, chunks, bytes };
}

function cutBySize(details: readonly EntryDetail[]): EntryDetail[][] {
  const chunks: EntryDetail[][] = [];
  let room = 0;
  for (const detail of details) {
    const bytes = detailBytes(detail);
    if (bytes > room) {
      chunks.push([]);
      room = detailBytesMax;
    }
    room -= bytes;
    chunks.at(-1)?.push(detail);
  }
  return chunks;
}

function detailBytes(detail: EntryDetail): number {
  return detailBytesFixed + textBytes(detail);
}

interface Texts {
  readonly remittance?: string | undefined;
  readonly references?: EntryDetail['references'];
  readonly counterparty?: EntryDetail['counterparty'];
}

function textBytes({ remittance = '', references = {}, counterparty = {} }: Texts): number {
  let characters = remittance.length;
  for (const text of Object.values(references)) characters += text.length;
  for (const text of Object.values(counterparty)) characters += text.length;
  return characters * bytesPerCharacterMax;
}
