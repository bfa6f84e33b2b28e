import { isDeepStrictEqual } from 'node:util';
import type { EntryDetail, StatementEntry } from '../../shared/formats/statement-events.ts';
import { deriveId } from '../../shared/identifiers/id.ts';
import { joinTexts, type TextWithAmounts, writeText } from './text-with-amounts.ts';

/**
 * An entry of a stored statement. Everything in it follows from the file, so that whoever writes it again writes the same
 * bytes. Who brought it is told by the statement's item.
 */
export interface StoredEntry extends Omit<StatementEntry, 'index'> {
  readonly id: string;
  /** Place in the statement, from 1. */
  readonly sequence: number;
}

export function entryId(statementId: string, sequence: number): string {
  return deriveId('ent', statementId, String(sequence));
}

/** An entry as text, with the details that stay with it; the others in chunks of an item each. */
export interface PackedEntry extends TextWithAmounts {
  readonly sequence: number;
  readonly bytes: number;
  readonly chunks: readonly TextWithAmounts[];
}

/** Bytes of text of an entry with its details, or of a chunk of further details. */
export const detailBytesMax = 100_000;

/** An entry with as many details as stay with it, the others in chunks behind it. */
export function packEntry(statementId: string, sequence: number, event: StatementEntry): PackedEntry {
  const { index: _, ...facts } = event;
  const entry: StoredEntry = { ...facts, id: entryId(statementId, sequence), sequence };
  const whole = writeText(atRest(entry));
  const bytes = Buffer.byteLength(whole.text);
  if (bytes <= detailBytesMax || entry.details.length === 0) return { sequence, ...whole, bytes, chunks: [] };
  const [details = [], ...further] = cutBySize(entry.details);
  const cut = writeText({ ...entry, details });
  const chunks = further.map((chunk) => joinTexts(chunk.map(writeText)));
  return { sequence, ...cut, bytes: Buffer.byteLength(cut.text), chunks };
}

function cutBySize(details: readonly EntryDetail[]): EntryDetail[][] {
  const chunks: EntryDetail[][] = [];
  let room = 0;
  for (const detail of details) {
    const bytes = Buffer.byteLength(writeText(detail).text) + 1;
    if (bytes > room) {
      chunks.push([]);
      room = detailBytesMax;
    }
    room -= bytes;
    chunks.at(-1)?.push(detail);
  }
  return chunks;
}

/** An entry with one transaction that says what the entry says is kept without it: half the bytes of most files. */
function atRest(entry: StoredEntry): Omit<StoredEntry, 'details'> & Pick<Partial<StoredEntry>, 'details'> {
  const [only, second] = entry.details;
  if (!only || second || !isDeepStrictEqual(only, detailOf(entry))) return entry;
  const { details: _, ...rest } = entry;
  return rest;
}

/** An entry as it was packed, from its text. */
export function entryFromRest(value: unknown): StoredEntry {
  const entry = value as StoredEntry;
  return 'details' in entry ? entry : { ...(entry as StoredEntry), details: [detailOf(entry)] };
}

/** An entry as its own single transaction. */
function detailOf({ amount, currency, counterparty, references, remittance }: StoredEntry): EntryDetail {
  return {
    amount,
    currency,
    ...(counterparty && { counterparty }),
    references,
    ...(remittance !== undefined && { remittance }),
  };
}
