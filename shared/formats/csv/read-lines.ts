import type { LocatedFault } from '../../http/faults.ts';
import { type Column, type ColumnNames, readColumns } from './columns.ts';
import { CsvError } from './csv-error.ts';
import type { CellReading } from './read-cells.ts';
import { type CsvRow, type CsvTable, readTable } from './read-table.ts';

/** What is wrong in one column, by its name as it stands in the file, and how to mend it. */
export interface ColumnFault {
  readonly column: string;
  readonly detail: string;
}

/** One row of the file, with its line as an editor shows it: a request, or all that is wrong with it. */
export type CsvLine<Request> =
  | { readonly line: number; readonly request: Request; readonly faults?: never }
  | { readonly line: number; readonly request?: never; readonly faults: readonly ColumnFault[] };

export interface CsvLines<Request> {
  /** As they were found; the caller shows them, since bytes cannot always tell. */
  readonly encoding: string;
  readonly delimiter: string;
  /** What a field is called in the file, where it has a column. */
  readonly nameOf: ReadonlyMap<string, string>;
  readonly lines: readonly CsvLine<Request>[];
}

/** How the lines of one kind of file become requests. */
export interface LineForm<Field extends string, Request> {
  readonly names: ColumnNames<Field>;
  /** The encoding that came with the file, if any. */
  readonly charset?: string | undefined;
  /** Rows, at most. */
  readonly rowsMax: number;
  /** What a cell of a field says. */
  readonly readCell: (field: Field | 'reference', cell: string, delimiter: string) => CellReading<unknown>;
  /** The line as JSON has it, of what its cells say. */
  readonly toValue: (cells: Readonly<Partial<Record<Field, unknown>>>) => object;
  readonly parse: (
    value: unknown,
  ) =>
    | { readonly request: Request; readonly faults?: never }
    | { readonly request?: never; readonly faults: readonly LocatedFault[] };
  /** Fields of which a file has one or the other: what is said of the first is said of the column there is. */
  readonly eitherOf: readonly [Field, Field];
}

/**
 * Reads a CSV file of requests, each with an amount and a currency. A fault of one line changes nothing about the others;
 * lines mean what the same lines in JSON mean. Nothing is ever run.
 * @throws CsvError when the file as a whole cannot be read, lacks a column or has one too many, has no line or more than
 * `rowsMax`.
 */
export function readLines<Field extends string, Request>(
  bytes: Uint8Array,
  form: LineForm<Field, Request>,
): CsvLines<Request> {
  const { charset, rowsMax } = form;
  const { encoding, delimiter, header, rows } = readTable(bytes, { charset, rowsMax });
  const columns = readColumns(header, form.names);
  const lines = Array.from(rows, (row) => readLine(row, columns, { header, delimiter }, form));
  const nameOf = new Map(columns.map(({ field, name }) => [field, name]));
  if (lines.length > 0) return { encoding, delimiter, nameOf, lines };
  throw new CsvError('no-records', 'There is no line below the header', 'Send at least one line.', {
    line: header.line,
  });
}

function readLine<Field extends string, Request>(
  row: CsvRow,
  columns: readonly Column<Field>[],
  { header, delimiter }: Pick<CsvTable, 'header' | 'delimiter'>,
  form: LineForm<Field, Request>,
): CsvLine<Request> {
  const { line, fields, fault } = row;
  if (fault) {
    const column = header.names[fault.column - 1] ?? `column ${fault.column}`;
    return { line, faults: [{ column, detail: fault.detail + severalLines(row) }] };
  }
  const { value, unread } = readCells(fields, columns, delimiter, form);
  const { request, faults = [] } = form.parse(value);
  const others = faults.map((one) => columnFault(one, columns, form)).filter(({ column }) => !unread.has(column));
  if (request !== undefined && unread.size === 0) return { line, request };
  const all = [...Array.from(unread, ([column, detail]) => ({ column, detail })), ...others];
  return { line, faults: all.map(({ column, detail }) => ({ column, detail: detail + severalLines(row) })) };
}

/** A quote left open swallows the next lines; people look for those first. */
function severalLines({ line, lastLine }: CsvRow): string {
  return lastLine > line ? ` The row goes on to line ${lastLine}; look for a quote that is not closed.` : '';
}

interface ReadCells {
  /** The line as JSON has it. */
  readonly value: object;
  /** Why a cell could not be read, by the name of its column. */
  readonly unread: ReadonlyMap<string, string>;
}

function readCells<Field extends string, Request>(
  fields: readonly string[],
  columns: readonly Column<Field>[],
  delimiter: string,
  { readCell, toValue }: LineForm<Field, Request>,
): ReadCells {
  const value: Partial<Record<Field, unknown>> = {};
  const references: [string, unknown][] = [];
  const unread = new Map<string, string>();
  for (const { name, place, field, key } of columns) {
    const reading = readCell(field, fields[place] ?? '', delimiter);
    if (reading.fault !== undefined) unread.set(name, reading.fault);
    else if (reading.value === undefined) continue;
    else if (field === 'reference') references.push([key ?? '', reading.value]);
    else value[field] = reading.value;
  }
  const named = references.length > 0 && { references: Object.fromEntries(references) };
  return { value: { ...toValue(value), ...named }, unread };
}

function columnFault<Field extends string, Request>(
  { path, detail }: LocatedFault,
  columns: readonly Column<Field>[],
  form: LineForm<Field, Request>,
): ColumnFault {
  const [first = '', second] = path.map(String);
  const field = first === 'amount' && second === 'currency' ? second : first;
  const column = field === 'references' ? referenceColumn(second, columns) : fieldColumn(field, columns, form);
  return { column: column?.name ?? field, detail };
}

/** That of the key; the first of all where there are too many. */
function referenceColumn<Field extends string>(key: string | undefined, columns: readonly Column<Field>[]) {
  const ofReferences = columns.filter(({ field }) => field === 'reference');
  return ofReferences.find((column) => column.key === key) ?? ofReferences[0];
}

function fieldColumn<Field extends string, Request>(
  field: string,
  columns: readonly Column<Field>[],
  { eitherOf: [one, other] }: LineForm<Field, Request>,
) {
  const column = columns.find((candidate) => candidate.field === field);
  return column ?? (field === one ? columns.find((candidate) => candidate.field === other) : undefined);
}
