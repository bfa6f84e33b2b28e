import { CsvError } from './csv-error.ts';
import { decodeText } from './decode-text.ts';
import { findDelimiter } from './find-delimiter.ts';
import { recordsMax } from './limits.ts';
import { type CsvRecord, type RecordFault, readRecords } from './read-records.ts';

export interface CsvRow {
  readonly line: number;
  readonly lastLine: number;
  /** One for each column of the header; those up to the fault, where there is one. */
  readonly fields: readonly string[];
  readonly fault?: RecordFault;
}

export interface CsvTable {
  readonly encoding: string;
  readonly delimiter: string;
  /** Names as they stand in the file, without blanks at their ends. */
  readonly header: { readonly line: number; readonly names: readonly string[] };
  /** To be read once. A file is good only when they end without an error. */
  readonly rows: Iterable<CsvRow>;
}

export interface TableOptions {
  /** The encoding that came with the file, if any; see decodeText. */
  readonly charset?: string | undefined;
  /** Rows, at most. */
  readonly rowsMax?: number;
}

/**
 * Reads a CSV file with a header. Rows without any content are left out: spreadsheets leave them behind. A row shorter
 * than the header has empty fields at its end, as Excel leaves out what is empty there; not so the last one without a line
 * break, since a file that was cut off ends like that. A longer row has a fault, unless what is beyond is empty.
 * @throws CsvError of decodeText and readRecords, malformed-header, too-many-records
 */
export function readTable(bytes: Uint8Array, { charset, rowsMax = recordsMax }: TableOptions = {}): CsvTable {
  const { text, encoding } = decodeText(bytes, charset);
  const beginning = findDelimiter(text);
  const records = readRecords(text, beginning);
  const first = records.next();
  if (first.done) throw new CsvError('empty-file', 'The file holds no text', 'Send a header and at least one row.');
  const header = readHeader(first.value);
  const { delimiter } = beginning;
  return { encoding, delimiter, header, rows: readRows(records, header.names.length, rowsMax) };
}

const fullWidth = /[，；]/;

function readHeader({ line, fields, fault }: CsvRecord): CsvTable['header'] {
  if (fault) throw new CsvError('malformed-header', fault.detail, 'Mend the header.', { line, column: fault.column });
  const names = fields.map((name) => name.trim());
  while (names.at(-1) === '') names.pop();
  const nameless = names.indexOf('');
  if (nameless >= 0 || names.length === 0) {
    const place = { line, column: Math.max(nameless, 0) + 1 };
    throw new CsvError('malformed-header', 'A column has no name', 'Name it in the header, or take it out.', place);
  }
  if (names.length === 1 && fullWidth.test(names[0] ?? '')) {
    const what = 'The columns are parted by full-width signs';
    throw new CsvError('malformed-header', what, 'Part them by commas (,), semicolons (;) or tabs.', { line });
  }
  return { line, names };
}

function* readRows(records: Iterable<CsvRecord>, width: number, rowsMax: number): Generator<CsvRow> {
  let count = 0;
  for (const record of records) {
    if (!record.fault && record.fields.every(isBlank)) continue;
    count += 1;
    if (count > rowsMax) throw tooMany(record.line, rowsMax);
    yield toRow(record, width);
  }
}

function isBlank(field: string): boolean {
  return field === '' || field.trim() === '';
}

function tooMany(line: number, rowsMax: number): CsvError {
  const what = `The file has more than ${rowsMax} rows`;
  return new CsvError('too-many-records', what, `Send it in parts of at most ${rowsMax} rows.`, { line });
}

function toRow({ line, lastLine, fields, fault, ended }: CsvRecord, width: number): CsvRow {
  if (fault) return { line, lastLine, fields: fields.slice(0, width), fault };
  if (fields.length === width) return { line, lastLine, fields };
  const column = Math.min(fields.length, width) + (fields.length > width ? 1 : 0);
  if (fields.length > width) {
    const row = { line, lastLine, fields: fields.slice(0, width) };
    if (fields.slice(width).every(isBlank)) return row;
    const detail = `The row has ${fields.length} fields, the header names ${width}: enclose a field that holds the delimiter in quotes.`;
    return { ...row, fault: { column, detail } };
  }
  if (ended) return { line, lastLine, fields: [...fields, ...new Array<string>(width - fields.length).fill('')] };
  const detail = `The last row has ${fields.length} fields, the header names ${width}, and no line break follows: the file may have been cut off.`;
  return { line, lastLine, fields, fault: { column, detail } };
}
