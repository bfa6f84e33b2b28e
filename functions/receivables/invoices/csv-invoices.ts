import type { ColumnNames } from '../../../shared/formats/csv/columns.ts';
import { CsvError } from '../../../shared/formats/csv/csv-error.ts';
import * as cells from '../../../shared/formats/csv/read-cells.ts';
import { readLines } from '../../../shared/formats/csv/read-lines.ts';
import { problems } from '../problems.ts';
import { LINES_MAX } from './line-shapes.ts';
import { askedOf, parseLine, type ReadLine, type SentLines } from './read-line.ts';

/** Names of columns, beside that of the field itself. */
const aliases = {
  legalEntity: ['法人', '公司', '开票单位', '销售方'],
  number: ['发票号', '发票号码', '发票编号'],
  customerNumber: ['客户号', '客户编号', '客户代码'],
  customerId: [],
  amount: ['金额', '价税合计', '发票金额'],
  currency: ['币种'],
  issuedOn: ['开票日', '开票日期', '发票日期'],
  dueOn: ['到期日', '到期日期', '应收日期'],
  terms: ['条件', '付款条件'],
  description: ['摘要', '备注'],
} as const;
type InvoiceField = keyof typeof aliases;

const names: ColumnNames<InvoiceField> = {
  aliases,
  needed: [['number'], ['customerNumber', 'customerId'], ['amount'], ['issuedOn'], ['dueOn', 'terms']],
  referenceAliases: { contract: ['合同号', '合同编号'], order: ['订单号', '订单编号'] },
};

export interface FileGiven {
  /** The encoding that came with the file, if any. */
  readonly charset?: string | undefined;
  /** Of lines that name none. */
  readonly legalEntity?: string | undefined;
  readonly currency?: string | undefined;
}

/**
 * The lines of a CSV file of invoices; a fault of one changes nothing about the others. Problem:
 * `receivables/file-refused`, with what is wrong with the file as a whole, where, and how to mend it.
 */
export function readFileLines(bytes: Uint8Array, { charset, ...given }: FileGiven): SentLines {
  try {
    const { lines, nameOf } = readLines(bytes, {
      names,
      charset,
      rowsMax: LINES_MAX,
      readCell,
      toValue: ({ legalEntity = given.legalEntity, amount, currency = given.currency, ...rest }) => ({
        ...rest,
        legalEntity,
        amount: { amount, currency },
      }),
      parse: parseLine,
      eitherOf: ['customerNumber', 'customerId'],
    });
    const sent = lines.map(({ line, request, faults = [] }): ReadLine => {
      if (request) return { line, asked: askedOf(request) };
      return { line, faults: faults.map(({ column, detail }) => ({ field: column, detail })) };
    });
    return { lines: sent, nameOf };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { message, mend, reason, place } = error;
    throw problems['file-refused'].with({ detail: `${message}.`, mend, reason, ...place }, { cause: error });
  }
}

function readCell(field: InvoiceField | 'reference', cell: string, delimiter: string): cells.CellReading<string> {
  switch (field) {
    case 'amount':
      return cells.readAmountCell(cell, delimiter);
    case 'currency':
      return cells.readCurrencyCell(cell);
    case 'issuedOn':
    case 'dueOn':
      return cells.readDateCell(cell);
    case 'number':
    case 'customerNumber':
    case 'customerId':
      return cells.readIdentifier(cell);
    case 'legalEntity':
    case 'terms':
    case 'description':
    case 'reference':
      return cells.readText(cell);
  }
}
