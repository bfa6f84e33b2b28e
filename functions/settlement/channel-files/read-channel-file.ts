import { CsvError } from '../../../shared/formats/csv/csv-error.ts';
import { refuseOtherKinds } from '../../../shared/formats/csv/decode-text.ts';
import { recordsMax } from '../../../shared/formats/csv/limits.ts';
import { type ChannelLine, lineKey } from './channel-line.ts';
import type { ChannelTemplate } from './channel-template.ts';
import { columnPlaces } from './column-places.ts';
import { type FileTally, TallyCounter } from './file-tally.ts';
import { RowCutter, type UncutRow } from './row-cutter.ts';
import { type FileGiven, type RowFault, RowReader } from './row-reader.ts';
import { StatedTotals } from './stated-totals.ts';

/** A row of the file: a line of the channel, or all that is wrong with it. */
export type FileRow =
  | { readonly line: number; readonly read: ChannelLine; readonly faults?: never }
  | { readonly line: number; readonly faults: readonly RowFault[]; readonly read?: never };

export interface FileSummary {
  readonly tally: FileTally;
  /** Rows that moved no money. */
  readonly skipped: number;
  readonly faulty: number;
  /** Whether the totals that the file states are those of its rows; not asked where a row is faulty. */
  readonly totalsAgree?: boolean;
}

/**
 * Reads the settlement file of a channel row by row. A faulty row harms no other; the file is good only where the end is reached and
 * none was. Memory grows with the numbers of transactions alone, by less than 200 bytes each: the same one twice is a fault of the later
 * row. Nothing of the file is ever run.
 * @throws CsvError where the file as a whole is refused: another kind of file, a column missing, too many rows, an open quote, and
 * totals that are missing or disagree.
 */
export function* readChannelFile(
  pieces: Iterable<Uint8Array>,
  template: ChannelTemplate,
  given: FileGiven,
): Generator<FileRow, FileSummary> {
  const reader = new ChannelFileReader(template, given);
  for (const piece of pieces) yield* reader.push(piece);
  return yield* reader.end();
}

/** The same for a file that comes in pieces at their own time: each push gives the rows that end in it, and is to be read to its end. */
export class ChannelFileReader {
  private readonly template: ChannelTemplate;
  private readonly given: FileGiven;
  private readonly cutter: RowCutter;
  private readonly totals: StatedTotals;
  private readonly counter = new TallyCounter();
  private readonly seen = new Map<string, number>();
  private rows: RowReader | undefined;
  private begun = false;
  private count = 0;
  private skipped = 0;
  private faulty = 0;

  constructor(template: ChannelTemplate, given: FileGiven) {
    this.template = template;
    this.given = given;
    this.totals = new StatedTotals(template);
    this.cutter = new RowCutter(template, this.totals);
    if (!template.header) this.rows = new RowReader(template, given, columnPlaces(template, undefined));
  }

  *push(piece: Uint8Array): Generator<FileRow> {
    if (!this.begun && piece.length > 0) {
      refuseOtherKinds(piece);
      this.begun = true;
    }
    yield* this.readAll(this.cutter.push(piece));
  }

  *end(): Generator<FileRow, FileSummary> {
    yield* this.readAll(this.cutter.end());
    if (!this.rows)
      throw new CsvError('empty-file', 'The file has no header', 'Send the file as the channel issued it.');
    const { faulty, skipped } = this;
    const tally = this.counter.tally();
    if (faulty === 0) this.totals.compare(tally);
    return { tally, skipped, faulty, ...(this.template.totals !== undefined && { totalsAgree: faulty === 0 }) };
  }

  private *readAll(uncut: Iterable<UncutRow>): Generator<FileRow> {
    for (const one of uncut) {
      const row = this.read(one);
      if (row?.faults) this.faulty += 1;
      if (row) yield row;
    }
  }

  private read({ line, cells, fault }: UncutRow): FileRow | undefined {
    if (!this.rows) {
      if (cells) this.readHeader(cells, line);
      else throw new CsvError('damaged-text', 'The header cannot be read', fault, { line });
      return undefined;
    }
    this.countRow(line);
    if (!cells) return faultyRow(line, 'row', fault);
    if (this.totals.rowSeen) return faultyRow(line, 'row', 'The totals stand above it; nothing comes after them.');
    const { read, faults } = this.rows.read(cells, line);
    if (faults) return { line, faults };
    if (read) return this.take(read);
    this.skipped += 1;
    return undefined;
  }

  private readHeader(names: readonly string[], line: number): void {
    this.rows = new RowReader(this.template, this.given, columnPlaces(this.template, { line, names }));
  }

  private countRow(line: number): void {
    this.count += 1;
    if (this.count <= recordsMax) return;
    const mend = `Send it in parts of at most ${recordsMax} rows.`;
    throw new CsvError('too-many-records', `The file has more than ${recordsMax} rows`, mend, { line });
  }

  private take(read: ChannelLine): FileRow {
    const key = lineKey(read);
    const earlier = this.seen.get(key);
    if (earlier !== undefined) {
      return faultyRow(
        read.line,
        'transactionId',
        `The same ${read.kind.toLowerCase()} stands on line ${earlier}; keep one.`,
      );
    }
    this.seen.set(key, read.line);
    this.counter.add(read);
    return { line: read.line, read };
  }
}

function faultyRow(line: number, field: string, detail: string): FileRow {
  return { line, faults: [{ field, detail }] };
}
