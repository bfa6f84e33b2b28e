import { type Cell, writeCsv } from '../../../shared/formats/csv/write-csv.ts';
import { formatAmount } from '../../../shared/money/amount.ts';
import { problems } from '../problems.ts';
import type { Period } from './dso.ts';
import { bookKey } from './fact.ts';
import type { Statement, StatementAccount, StatementLine } from './statement.ts';

/** Lines of a file, at most: an answer has 6 MB. */
export const csvLinesMax = 20_000;

const header = [
  'date',
  'kind',
  'numbers',
  'legalEntity',
  'currency',
  'change',
  'balance',
  'cash',
  'discount',
  'charge',
  'onAccount',
  'reason',
  'id',
];

/**
 * A statement as CSV with a byte order mark: of each book its opening balance, its lines and its closing balance. No cell is
 * run as a formula. Problem: `receivables/report-too-large`.
 */
export async function statementCsv({ accounts, lines }: Statement, period: Period): Promise<string> {
  if (lines.length > csvLinesMax) {
    const detail = `The statement has ${lines.length} lines; a file has ${csvLinesMax} at most.`;
    throw problems['report-too-large'].with({ detail, itemsMax: csvLinesMax });
  }
  const byBook = Map.groupBy(lines, bookKey);
  const rows = accounts.flatMap((account) => [
    edgeRow('OPENING', account, period.from),
    ...(byBook.get(bookKey(account)) ?? []).map(lineRow),
    edgeRow('CLOSING', account, period.to),
  ]);
  let text = '';
  for await (const chunk of writeCsv(header, rows, { byteOrderMark: true })) text += chunk;
  return text;
}

function edgeRow(kind: 'OPENING' | 'CLOSING', account: StatementAccount, date: string): Cell[] {
  const { legalEntity, currency, opening, closing } = account;
  const balance = formatAmount(kind === 'OPENING' ? opening : closing, currency);
  return [date, kind, '', legalEntity, currency, '', balance, '', '', '', '', '', ''];
}

function lineRow(line: StatementLine & { readonly balance: bigint }): Cell[] {
  const { date, kind, numbers, legalEntity, currency, effect, balance, paid, reason, id } = line;
  const show = (minor: bigint | undefined) => (minor === undefined ? '' : formatAmount(minor, currency));
  const parts = [paid?.cash, paid?.discount, paid?.charge, paid?.onAccount].map(show);
  return [date, kind, numbers.join(' '), legalEntity, currency, show(effect), show(balance), ...parts, reason, id];
}
