import { createHash } from 'node:crypto';
import type { StatementEntry, StatementEvent } from '../../shared/formats/statement-events.ts';
import { problems } from './problems.ts';

/** Bytes of text in one piece (an entry without its transactions, a transaction, a statement); an item holds 400 KB. */
export const pieceBytesMax = 300_000;
/** Bytes that a UTF-16 unit becomes at most. */
const bytesPerUnitMax = 3;

/** The whole of what a file says, as one SHA-256: two readings with the same digest store the same. */
export function fileDigest() {
  const hash = createHash('sha256');

  function takePiece(value: unknown, place: () => string): void {
    const text = textOf(value);
    requireRoom(text, place);
    hash.update(text).update('\n');
  }

  function takeEntry({ details, ...entry }: StatementEntry, place: () => string): void {
    takePiece(entry, place);
    for (const [index, detail] of details.entries()) takePiece(detail, () => `${place()}, transaction ${index + 1}`);
  }

  return {
    /** @throws statements/too-large for a piece that no item can hold, with its place. */
    take(event: StatementEvent, place: () => string): void {
      if (event.kind === 'entry') takeEntry(event.entry, place);
      else hash.update(textOf(event)).update('\n');
    },
    hex: () => hash.digest('hex'),
  };
}

/** @throws statements/too-large when the value as text is more than one item can hold. */
export function requireItemRoom(value: unknown, place: string): void {
  requireRoom(textOf(value), () => place);
}

function requireRoom(text: string, place: () => string): void {
  if (text.length * bytesPerUnitMax <= pieceBytesMax) return;
  const bytes = Buffer.byteLength(text);
  if (bytes <= pieceBytesMax) return;
  const element = place();
  const detail = `The texts of ${element} have ${bytes} bytes; at most ${pieceBytesMax} can be kept together.`;
  throw problems['too-large'].with({
    detail,
    mend: 'Ask the bank for the file with shorter texts at the named place.',
    limit: pieceBytesMax,
    position: { element },
  });
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) => (typeof member === 'bigint' ? member.toString() : member));
}
