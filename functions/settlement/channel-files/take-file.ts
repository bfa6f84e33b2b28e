import { CsvError } from '../../../shared/formats/csv/csv-error.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { type FileFault, faultsKeptMax } from './channel-file.ts';
import type { ChannelTemplate } from './channel-template.ts';
import { linesPerBlock, type PackedLine, packChannelLine } from './pack-channel-line.ts';
import { ChannelFileReader, type FileRow, type FileSummary } from './read-channel-file.ts';
import type { FileGiven } from './row-reader.ts';

/** What is read and by what; the bytes come from their beginning at every call. */
export interface FileToTake {
  readonly bytes: () => AsyncIterable<Uint8Array>;
  readonly template: ChannelTemplate;
  readonly given: FileGiven;
  /** Of the market: lines of another one cannot be of its orders. */
  readonly currency: CurrencyCode;
}

/** A file that is good, or all that keeps it from being so. */
export type FileLook =
  | { readonly summary: FileSummary; readonly refused?: never }
  | { readonly refused: FileRefused; readonly summary?: never };

export interface FileRefused {
  readonly detail: string;
  readonly mend?: string;
  /** Rows with faults, all of them. */
  readonly faulty: number;
  readonly faults: readonly FileFault[];
}

/** Reads a file whole and keeps nothing of it: whether it is good, and what is wrong with it. */
export async function lookAtFile(file: FileToTake): Promise<FileLook> {
  const faults: FileFault[] = [];
  let faulty = 0;
  const summary = await readRows(file, async ({ line, faults: own }) => {
    if (!own) return;
    faulty += 1;
    if (faults.length < faultsKeptMax) faults.push(...own.map((fault) => ({ line, ...fault })));
  });
  if (summary instanceof CsvError) {
    return { refused: { detail: `${summary.message}.`, mend: summary.mend, faulty, faults } };
  }
  if (faulty === 0) return { summary };
  return { refused: { detail: `${faulty} of its rows cannot be read.`, faulty, faults } };
}

/** Hands over the lines of a good file, a block at a time. Throws where it is not the good file any more that it was. */
export async function takeLines(file: FileToTake, take: (lines: readonly PackedLine[]) => Promise<void>) {
  let block: PackedLine[] = [];
  const summary = await readRows(file, async ({ read }) => {
    if (!read) throw new Error('The file changed while it was read.');
    block.push(packChannelLine(read));
    if (block.length < linesPerBlock) return;
    await take(block);
    block = [];
  });
  if (summary instanceof CsvError) throw new Error('The file changed while it was read.');
  if (block.length > 0) await take(block);
}

/** A file that is refused as a whole ends the reading with its error. */
async function readRows(
  { bytes, template, given, currency }: FileToTake,
  take: (row: FileRow) => Promise<void>,
): Promise<FileSummary | CsvError> {
  const reader = new ChannelFileReader(template, given);
  try {
    for await (const piece of bytes()) {
      for (const row of reader.push(piece)) await take(inCurrency(row, currency));
    }
    const end = reader.end();
    for (;;) {
      const { done, value } = end.next();
      if (done) return value;
      await take(inCurrency(value, currency));
    }
  } catch (error) {
    if (error instanceof CsvError) return error;
    throw error;
  }
}

function inCurrency(row: FileRow, currency: CurrencyCode): FileRow {
  if (!row.read || row.read.currency === currency) return row;
  const detail = `${row.read.currency} is not the currency of the market, ${currency}; send its rows to a market in it.`;
  return { line: row.line, faults: [{ field: 'currency', detail }] };
}
