import * as cells from '../../../shared/formats/csv/read-cells.ts';
import { type CsvLine as CsvLineOf, type CsvLines, readLines } from '../../../shared/formats/csv/read-lines.ts';
import { columnNames, type LineField } from './csv-columns.ts';
import { type CollectionLine, LINES_MAX } from './line-shapes.ts';
import { parseLine } from './parse-line.ts';

export type CsvLine = CsvLineOf<CollectionLine>;

export interface CsvGiven {
  /** The encoding that came with the file, if any. */
  readonly charset?: string | undefined;
  /** Of lines that name none: that of the batch. */
  readonly currency?: string | undefined;
}

/**
 * Reads a CSV file of collections. Nothing is ever run: a text is kept as it is, but for blanks around it and the
 * apostrophe of our own files; a text that begins with = and a name that begins with = + - or @ are faults.
 * @throws CsvError as readLines does.
 */
export function readCsv(bytes: Uint8Array, { charset, currency }: CsvGiven = {}): CsvLines<CollectionLine> {
  return readLines(bytes, {
    names: columnNames,
    charset,
    rowsMax: LINES_MAX,
    readCell,
    toValue: ({ amount, currency: own = currency, ...rest }) => ({ ...rest, amount: { amount, currency: own } }),
    parse: parseLine,
    eitherOf: ['agreementNumber', 'mandateId'],
  });
}

function readCell(
  field: LineField | 'reference',
  cell: string,
  delimiter: string,
): cells.CellReading<string | boolean> {
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
