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

/** The details beyond `details` of the entry itself, in chunks of an item each. */
export interface PackedEntry {
  readonly entry: StoredEntry;
  readonly chunks: readonly (readonly EntryDetail[])[];
}

/** Bytes of details in one item; an item holds 400 KB at most. (DynamoDB service quotas.) */
export const detailBytesMax = 150_000;
const detailBytesFixed = 600;
const bytesPerCharacterMax = 3;

/** An entry with as many details as fit into its item, the others in chunks behind it. */
export function packEntry(statementId: string, sequence: number, event: StatementEntry): PackedEntry {
  const { index: _, ...entry } = event;
  const [details = [], ...chunks] = cutBySize(event.details);
  return { entry: { ...entry, id: entryId(statementId, sequence), sequence, details }, chunks };
}

function cutBySize(details: readonly EntryDetail[]): EntryDetail[][] {
  const chunks: EntryDetail[][] = [];
  let room = 0;
  for (const detail of details) {
    const bytes = estimateBytes(detail);
    if (bytes > room) {
      chunks.push([]);
      room = detailBytesMax;
    }
    room -= bytes;
    chunks.at(-1)?.push(detail);
  }
  return chunks;
}

function estimateBytes(detail: EntryDetail): number {
  const texts = [detail.remittance ?? '', ...Object.values(detail.references), ...Object.values(detail.counterparty ?? {})];
  const characters = texts.reduce((sum, text) => sum + String(text).length, 0);
  return detailBytesFixed + characters * bytesPerCharacterMax;
}
