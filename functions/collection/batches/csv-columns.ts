import { CsvError } from '../../../shared/formats/csv/csv-error.ts';
import type { CsvTable } from '../../../shared/formats/csv/read-table.ts';
import { referenceKey } from '../../../shared/http/schemas.ts';
import { maskNumbersIn } from '../../../shared/identifiers/mask.ts';

/** Names of columns, beside that of the field itself. */
const aliases = {
  agreementNumber: ['协议号', '协议编号'],
  mandateId: [],
  amount: ['金额'],
  currency: ['币种'],
  description: ['摘要', '用途', '备注'],
  dueDate: ['日期', '扣款日期'],
  payerName: ['付款人', '付款人名称', '户名', '付款人户名'],
  splitAboveLimit: ['超限拆分'],
} as const;

export type LineField = keyof typeof aliases;
const lineFields = Object.keys(aliases) as LineField[];

/** A column of the file: its name as it stands there, its place from 0, and what it means. */
export interface LineColumn {
  readonly name: string;
  readonly place: number;
  readonly field: LineField | 'reference';
  /** The key of a `ref:` column. */
  readonly key?: string;
}

/** Case, width, spaces, dashes and underscores do not part names: `Agreement number` is agreementNumber. */
const normal = (name: string) =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]/g, '');

const fieldsByName = new Map(
  lineFields.flatMap((field) => [field, ...aliases[field]].map((name) => [normal(name), field] as const)),
);

/**
 * What the columns of a header mean, in any order.
 * @throws CsvError unknown-column, column-twice, missing-column
 */
export function readColumns({ line, names }: CsvTable['header']): LineColumn[] {
  const columns = names.map((name, place) => readColumn(name, place, line));
  const seen = new Map<string, string>();
  for (const { name, field, key, place } of columns) {
    const meaning = key === undefined ? field : `ref:${key}`;
    const earlier = seen.get(meaning);
    if (earlier !== undefined) throw twice(earlier, name, meaning, { line, column: place + 1 });
    seen.set(meaning, name);
  }
  if (!seen.has('agreementNumber') && !seen.has('mandateId'))
    throw missing('agreementNumber (协议号) or mandateId', line);
  if (!seen.has('amount')) throw missing('amount (金额)', line);
  return columns;
}

const referenceName = /^\s*ref\s*[:：]\s*(.*)$/i;

function readColumn(name: string, place: number, line: number): LineColumn {
  const key = referenceName.exec(name)?.[1];
  if (key !== undefined) return referenceColumn(name, place, key, line);
  const field = fieldsByName.get(normal(name));
  if (field) return { name, place, field };
  const known = lineFields.map((one) => [one, ...aliases[one]].join(' ')).join(', ');
  const mend = `Take it out, or name it as one of: ${known}; your own fields as ref:<key>.`;
  throw new CsvError('unknown-column', `No column is called ${quoted(name)}`, mend, { line, column: place + 1 });
}

function referenceColumn(name: string, place: number, key: string, line: number): LineColumn {
  const { error } = referenceKey.safeParse(key);
  if (!error) return { name, place, field: 'reference', key };
  const what = `${quoted(name)} names no key of your own fields`;
  throw new CsvError('unknown-column', what, error.issues[0]?.message ?? '', { line, column: place + 1 });
}

function twice(earlier: string, name: string, meaning: string, place: { line: number; column: number }): CsvError {
  const what = `The columns ${quoted(earlier)} and ${quoted(name)} both are ${meaning.slice(0, shownMax)}`;
  return new CsvError('column-twice', what, 'Keep one of them.', place);
}

function missing(names: string, line: number): CsvError {
  return new CsvError(
    'missing-column',
    `There is no column ${names}`,
    'Name it in the first row, which is the header.',
    { line },
  );
}

const shownMax = 60;

/** A file without a header shows its first row here, with the numbers in it. */
const quoted = (name: string) => JSON.stringify(maskNumbersIn(name).slice(0, shownMax));
