import { table } from '../../infra/local/demo/table.ts';

export type BenchRow = Readonly<Record<string, string | number>>;

/** Several tables of one benchmark, each with a name. */
export interface BenchTable {
  readonly title: string;
  readonly rows: readonly object[];
}

/** Rows as text; figures stand to the right. */
export function tableOf(rows: readonly BenchRow[]): string {
  if (rows.length === 0) return '  none';
  const fields = Object.keys(rows[0] ?? {});
  const columns = fields.map((title) => ({
    title,
    align: typeof rows[0]?.[title] === 'number' ? ('right' as const) : ('left' as const),
  }));
  return table(
    columns,
    rows.map((row) => fields.map((field) => shown(row[field]))),
  );
}

function shown(value: string | number | undefined): string {
  return typeof value === 'number' ? value.toLocaleString('en', { maximumFractionDigits: 3 }) : (value ?? '');
}
