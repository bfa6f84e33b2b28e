import { writeCsv } from '../../../shared/formats/csv/write-csv.ts';
import { pageRows, type RowPlace } from './page-rows.ts';
import type { Report } from './read-report.ts';
import type { RowOf, Section } from './rows.ts';
import { tables } from './rows-csv.ts';

/** Rows of a file, at most: an answer has 6 MB. The next file goes on behind them. */
export const csvRowsMax = 10_000;

/** A section of a report as CSV with a byte order mark, from a place on; `next` where there are more. No cell is run as a formula. */
export async function reportCsv<Of extends Section>(
  { result, rows }: Report,
  section: Of,
  from: RowPlace | undefined,
): Promise<{ readonly text: string; readonly next?: RowPlace }> {
  const { page, next } = await pageRows(rows, { from, only: section, count: csvRowsMax });
  const table = tables[section];
  const found = page[section] as readonly RowOf[Of][];
  const cells = found.map((row) => table.cells(row, result?.figures.home));
  let text = '';
  for await (const chunk of writeCsv(table.header, cells, { byteOrderMark: true })) text += chunk;
  return { text, ...(next && { next }) };
}
