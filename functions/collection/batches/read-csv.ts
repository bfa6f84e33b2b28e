import { CsvError } from '../../../shared/formats/csv/csv-error.ts';
import { type CsvRow, type CsvTable, readTable } from '../../../shared/formats/csv/read-table.ts';
import type { LocatedFault } from '../../../shared/http/faults.ts';
import { type LineColumn, type LineField, readColumns } from './csv-columns.ts';
import { type CollectionLine, LINES_MAX } from './line-shapes.ts';
import { parseLine } from './parse-line.ts';
import * as cells from './read-cells.ts';

/** What is wrong in one column, by its name as it stands in the file, and how to mend it. */
export interface ColumnFault {
  readonly column: string;
  readonly detail: string;
}

/** One row of the file, with its line as an editor shows it: a request, or all that is wrong with it. */
export type CsvLine =
  | { readonly line: number; readonly request: CollectionLine; readonly faults?: never }
  | { readonly line: number; readonly request?: never; readonly faults: readonly ColumnFault[] };

export interface CsvLines {
  /** As they were found; the caller shows them, since bytes cannot always tell. */
  readonly encoding: string;
  readonly delimiter: string;
  readonly lines: readonly CsvLine[];
}

export interface CsvGiven {
  /** The encoding that came with the file, if any. */
  readonly charset?: string | undefined;
  /** Of lines that name none: that of the batch. */
  readonly currency?: string | undefined;
}

/**
 * Reads a CSV file of collections. A fault of one line changes nothing about the others; lines mean what the same lines
 * in JSON mean. Nothing is ever run: a text is kept as it is, but for blanks around it and the apostrophe of our own
 * files; a text that begins with = and a name that begins with = + - or @ are faults.
 * @throws CsvError when the file as a whole cannot be read, lacks a column or has one too many, has no line or more than
 * LINES_MAX.
 */
export function readCsv(bytes: Uint8Array, { charset, currency }: CsvGiven = {}): CsvLines {
  const { encoding, delimiter, header, rows } = readTable(bytes, { charset, rowsMax: LINES_MAX });
  const columns = readColumns(header);
  const lines = Array.from(rows, (row) => readLine(row, columns, { header, delimiter, currency }));
  if (lines.length > 0) return { encoding, delimiter, lines };
  throw new CsvError('no-records', 'There is no line below the header', 'Send at least one line.', {
    line: header.line,
  });
}

interface FileFacts {
  readonly header: CsvTable['header'];
  readonly delimiter: string;
  readonly currency: string | undefined;
}

function readLine(row: CsvRow, columns: readonly LineColumn[], { header, delimiter, currency }: FileFacts): CsvLine {
  const { line, fields, fault } = row;
  if (fault) {
    const column = header.names[fault.column - 1] ?? `column ${fault.column}`;
    return { line, faults: [{ column, detail: fault.detail + severalLines(row) }] };
  }
  const { value, unread } = readCells(fields, columns, delimiter, currency);
  const { request, faults = [] } = parseLine(value);
  const others = faults.map((one) => columnFault(one, columns)).filter(({ column }) => !unread.has(column));
  if (request && unread.size === 0) return { line, request };
  const all = [...Array.from(unread, ([column, detail]) => ({ column, detail })), ...others];
  return { line, faults: all.map(({ column, detail }) => ({ column, detail: detail + severalLines(row) })) };
}

/** A quote left open swallows the next lines; people look for those first. */
function severalLines({ line, lastLine }: CsvRow): string {
  return lastLine > line ? ` The row goes on to line ${lastLine}; look for a quote that is not closed.` : '';
}

interface ReadCells {
  /** The line as JSON has it. */
  readonly value: Readonly<Record<string, unknown>>;
  /** Why a cell could not be read, by the name of its column. */
  readonly unread: ReadonlyMap<string, string>;
}

function readCells(
  fields: readonly string[],
  columns: readonly LineColumn[],
  delimiter: string,
  currency: string | undefined,
): ReadCells {
  const value: Partial<Record<LineField, unknown>> = {};
  const references: [string, unknown][] = [];
  const unread = new Map<string, string>();
  for (const { name, place, field, key } of columns) {
    const reading = readCell(field, fields[place] ?? '', delimiter);
    if (reading.fault !== undefined) unread.set(name, reading.fault);
    else if (reading.value === undefined) continue;
    else if (field === 'reference') references.push([key ?? '', reading.value]);
    else value[field] = reading.value;
  }
  const { amount, currency: own = currency, ...rest } = value;
  const named = references.length > 0 && { references: Object.fromEntries(references) };
  return { value: { ...rest, amount: { amount, currency: own }, ...named }, unread };
}

function readCell(field: LineColumn['field'], cell: string, delimiter: string): cells.CellReading<string | boolean> {
  switch (field) {
    case 'amount':
      return cells.readAmountCell(cell, delimiter);
    case 'currency':
      return cells.readCurrencyCell(cell);
    case 'dueDate':
      return cells.readDateCell(cell);
    case 'splitAboveLimit':
      return cells.readYesNo(cell);
    case 'agreementNumber':
    case 'mandateId':
      return cells.readIdentifier(cell);
    case 'description':
    case 'payerName':
    case 'reference':
      return cells.readText(cell);
  }
}

function columnFault({ path, detail }: LocatedFault, columns: readonly LineColumn[]): ColumnFault {
  const [first = '', second] = path.map(String);
  const field = first === 'amount' && second === 'currency' ? second : first;
  const column = field === 'references' ? referenceColumn(second, columns) : fieldColumn(field, columns);
  return { column: column?.name ?? field, detail };
}

/** That of the key; the first of all where there are too many. */
function referenceColumn(key: string | undefined, columns: readonly LineColumn[]): LineColumn | undefined {
  const ofReferences = columns.filter(({ field }) => field === 'reference');
  return ofReferences.find((column) => column.key === key) ?? ofReferences[0];
}

/** What is said of naming the mandate is said of the column there is. */
function fieldColumn(field: string, columns: readonly LineColumn[]): LineColumn | undefined {
  const column = columns.find((one) => one.field === field);
  return column ?? (field === 'agreementNumber' ? columns.find((one) => one.field === 'mandateId') : undefined);
}
