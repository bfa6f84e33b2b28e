import { CsvError } from '../../../shared/formats/csv/csv-error.ts';
import { readRecords } from '../../../shared/formats/csv/read-records.ts';
import type { ChannelTemplate, Layout } from './channel-template.ts';
import { decodeLine } from './decode-line.ts';
import type { RawLine } from './line-cutter.ts';

/**
 * The fields of a row without blanks, tabs and marks around them; what is wrong with the row; or that a quote is open, so that the
 * row goes on in the next line.
 */
export type CutRow =
  | { readonly cells: readonly string[]; readonly fault?: never; readonly open?: never }
  | { readonly fault: string; readonly cells?: never; readonly open?: never }
  | { readonly open: CsvError; readonly cells?: never; readonly fault?: never };

type Cutting = Pick<ChannelTemplate, 'layout' | 'mark' | 'encoding'>;

/** Cuts a row into its fields. A row of fixed width is cut by bytes, as its layout counts. */
export function cutCells(text: string, raw: RawLine, template: Cutting): CutRow {
  const { layout } = template;
  if (layout.kind === 'FIXED') return cutFixed(text, raw.bytes, layout, template.encoding);
  if (layout.quotes && text.includes('"')) return cutQuoted(text, raw.line, layout.delimiter, template.mark);
  return { cells: cutPlain(text, layout.delimiter, template.mark) };
}

/** Where each field has a mark, a delimiter without one after it is part of a text: names of goods have commas. */
function cutPlain(text: string, delimiter: string, mark: string | undefined): string[] {
  if (mark === undefined || !text.startsWith(mark)) return text.split(delimiter).map((cell) => cell.trim());
  return text
    .slice(mark.length)
    .split(delimiter + mark)
    .map((cell) => cell.trim());
}

function cutQuoted(text: string, line: number, delimiter: string, mark: string | undefined): CutRow {
  try {
    const [record] = readRecords(text, { delimiter, line });
    if (record?.fault) return { fault: `Column ${record.fault.column}: ${record.fault.detail}` };
    return { cells: (record?.fields ?? []).map((cell) => withoutMark(cell.trim(), mark)) };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { open: error };
  }
}

function withoutMark(cell: string, mark: string | undefined): string {
  return mark !== undefined && cell.startsWith(mark) ? cell.slice(mark.length).trim() : cell;
}

function cutFixed(
  text: string,
  bytes: Buffer,
  { widths, gap }: Layout & { kind: 'FIXED' },
  encoding: ChannelTemplate['encoding'],
): CutRow {
  const isPlain = text.length === bytes.length;
  const needed = widths.reduce((sum, width) => sum + width, 0) + gap * (widths.length - 1);
  if (bytes.length < needed) {
    return { fault: `The row has ${bytes.length} bytes, the layout needs ${needed}: the line was cut off.` };
  }
  let start = 0;
  const cells: string[] = [];
  for (const width of widths) {
    const end = start + width;
    const cell = isPlain ? text.slice(start, end) : decodeLine(bytes.subarray(start, end), encoding);
    if (cell === undefined) return { fault: `A character is cut in two at byte ${start + 1}: the widths do not fit.` };
    cells.push(cell.trim());
    start = end + gap;
  }
  return { cells };
}
