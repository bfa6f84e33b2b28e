import { isDeepStrictEqual } from 'node:util';
import { type TextWithAmounts, writeText } from '../../shared/dynamo/text-with-amounts.ts';
import type { EntryDetail, StatementEntry } from '../../shared/formats/statement-events.ts';
import { deriveId } from '../../shared/identifiers/id.ts';

/** An entry of a stored statement. Everything in it follows from the file; who brought it is told by the statement's item. */
export interface StoredEntry extends Omit<StatementEntry, 'index'> {
  readonly id: string;
  /** Place in the statement, from 1. */
  readonly sequence: number;
  /** Place among the credits of the statement that say the same, from 1; left out where it is the first. */
  readonly ordinal?: number;
}

export function entryId(statementId: string, sequence: number): string {
  return deriveId('ent', statementId, String(sequence));
}

/** An entry as text, with the details that stay with it; the others in chunks, an item each, not yet text. */
export interface PackedEntry extends TextWithAmounts {
  readonly sequence: number;
  readonly bytes: number;
  readonly chunks: readonly (readonly EntryDetail[])[];
}

/** Bytes of text of an entry with its details, or of a chunk of further details. */
export const detailBytesMax = 100_000;

/**
 * An entry with as many details as stay with it, the others in chunks behind it. `ordinal`: its place among equal credits.
 * Only what stays together becomes one text: a batch may have a hundred thousand transactions.
 */
export function packEntry(statementId: string, sequence: number, event: StatementEntry, ordinal = 1): PackedEntry {
  const { index: _, ...facts } = event;
  const entry: StoredEntry = {
    ...facts,
    id: entryId(statementId, sequence),
    sequence,
    ...(ordinal > 1 && { ordinal }),
  };
  const resting = atRest(entry);
  if (!resting.details || resting.details.length === 0) return packed(sequence, resting, []);
  const room = detailBytesMax - Buffer.byteLength(writeText({ ...entry, details: [] }).text);
  const [details = [], ...chunks] = cutBySize(entry.details, room);
  return packed(sequence, { ...entry, details }, chunks);
}

function packed(sequence: number, entry: unknown, chunks: readonly EntryDetail[][]): PackedEntry {
  const whole = writeText(entry);
  const bytes = Buffer.byteLength(whole.text);
  return { sequence, ...whole, bytes, chunks };
}

/** Details by the items they go to; the first have the room that the entry leaves, none where it leaves too little. */
function cutBySize(details: readonly EntryDetail[], roomOfFirst: number): EntryDetail[][] {
  const chunks: EntryDetail[][] = [[]];
  let room = roomOfFirst;
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
