import { guardFormula } from './formula-guard.ts';

/** A cell; nothing is an empty one. Amounts come as decimal text. */
export type Cell = string | undefined;

export interface CsvLayout {
  readonly delimiter?: ',' | ';' | '\t';
  /** Excel takes a file without one for the code page of its machine. */
  readonly byteOrderMark?: boolean;
}

/** Characters gathered before they are handed on. */
const chunkCharacters = 64 * 1024;

const byteOrderMark = '\ufeff';
const lineEnd = '\r\n';

/**
 * Writes rows as CSV (RFC 4180, CRLF) in chunks of text, as they come; memory does not grow with them. No cell is run as
 * a formula, see guardFormula.
 */
export async function* writeCsv(
  header: readonly string[],
  rows: Iterable<readonly Cell[]> | AsyncIterable<readonly Cell[]>,
  { delimiter = ',', byteOrderMark: withMark = false }: CsvLayout = {},
): AsyncGenerator<string> {
  let chunk = (withMark ? byteOrderMark : '') + csvLine(header, delimiter);
  for await (const row of rows) {
    chunk += csvLine(row, delimiter);
    if (chunk.length < chunkCharacters) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

/** One row with its line end. */
export function csvLine(cells: readonly Cell[], delimiter = ','): string {
  const [only] = cells;
  if (cells.length === 1 && (only ?? '') === '') return `""${lineEnd}`;
  return cells.map((cell) => field(cell ?? '')).join(delimiter) + lineEnd;
}

/** Any delimiter of ours, whichever is used here. */
const needsQuotes = /[",;\t\r\n]|^\s|\s$/;

function field(cell: string): string {
  const text = guardFormula(cell);
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
