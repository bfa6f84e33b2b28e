import { referenceKey } from '../../http/schemas.ts';
import { maskNumbersIn } from '../../identifiers/mask.ts';
import { CsvError } from './csv-error.ts';
import type { CsvTable } from './read-table.ts';

/** What the columns of one kind of file are called. */
export interface ColumnNames<Field extends string> {
  /** Names beside that of the field itself. */
  readonly aliases: Readonly<Record<Field, readonly string[]>>;
  /** Of each of these one must be there. */
  readonly needed: readonly (readonly Field[])[];
  /** Columns that are references of a fixed key, by their names. */
  readonly referenceAliases?: Readonly<Record<string, readonly string[]>>;
}

/** A column of the file: its name as it stands there, its place from 0, and what it means. */
export interface Column<Field extends string> {
  readonly name: string;
  readonly place: number;
  readonly field: Field | 'reference';
  /** The key of a `ref:` column. */
  readonly key?: string;
}

/**
 * What the columns of a header mean, in any order: fields by name or alias, and references as `ref:<key>`.
 * @throws CsvError unknown-column, column-twice, missing-column
 */
export function readColumns<Field extends string>(
  { line, names }: CsvTable['header'],
  known: ColumnNames<Field>,
): Column<Field>[] {
  const meanings = meaningsOf(known);
  const columns = names.map((name, place) => readColumn(name, place, line, known, meanings));
  const seen = new Map<string, string>();
  for (const { name, field, key, place } of columns) {
    const meaning = key === undefined ? field : `ref:${key}`;
    const earlier = seen.get(meaning);
    if (earlier !== undefined) throw twice(earlier, name, meaning, { line, column: place + 1 });
    seen.set(meaning, name);
  }
  const lacking = known.needed.find((group) => !group.some((field) => seen.has(field)));
  if (lacking) throw missing(lacking.map((field) => describe(field, known)).join(' or '), line);
  return columns;
}

type Meaning<Field extends string> = Pick<Column<Field>, 'field' | 'key'>;

/** Case, width, spaces, dashes and underscores do not part names: `Agreement number` is agreementNumber. */
export const plainName = (name: string) =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]/g, '');

function meaningsOf<Field extends string>({ aliases, referenceAliases = {} }: ColumnNames<Field>) {
  const meanings = new Map<string, Meaning<Field>>();
  for (const field of Object.keys(aliases) as Field[]) {
    for (const name of [field, ...aliases[field]]) meanings.set(plainName(name), { field });
  }
  for (const [key, names] of Object.entries(referenceAliases)) {
    for (const name of names) meanings.set(plainName(name), { field: 'reference', key });
  }
  return meanings;
}

const referenceName = /^\s*ref\s*[:：]\s*(.*)$/i;

function readColumn<Field extends string>(
  name: string,
  place: number,
  line: number,
  { aliases }: ColumnNames<Field>,
  meanings: ReadonlyMap<string, Meaning<Field>>,
): Column<Field> {
  const key = referenceName.exec(name)?.[1];
  if (key !== undefined) return referenceColumn(name, place, key, line);
  const meaning = meanings.get(plainName(name));
  if (meaning) return { name, place, ...meaning };
  const known = (Object.keys(aliases) as Field[]).map((one) => [one, ...aliases[one]].join(' ')).join(', ');
  const mend = `Take it out, or name it as one of: ${known}; your own fields as ref:<key>.`;
  throw new CsvError('unknown-column', `No column is called ${quoted(name)}`, mend, { line, column: place + 1 });
}

function referenceColumn(name: string, place: number, key: string, line: number): Column<never> {
  const { error } = referenceKey.safeParse(key);
  if (!error) return { name, place, field: 'reference', key };
  const what = `${quoted(name)} names no key of your own fields`;
  throw new CsvError('unknown-column', what, error.issues[0]?.message ?? '', { line, column: place + 1 });
}

function describe<Field extends string>(field: Field, { aliases }: ColumnNames<Field>): string {
  const [alias] = aliases[field];
  return alias === undefined ? field : `${field} (${alias})`;
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
