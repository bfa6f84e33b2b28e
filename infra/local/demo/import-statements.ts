import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ApiClient, expectSuccess } from './api-client.ts';
import { grouped, table } from './table.ts';

const statementsPerFileMax = 1_000;
const followMsMax = 600_000;
const followEveryMs = 250;

interface Money {
  readonly amount: string;
  readonly currency: string;
}

interface Totals {
  readonly count: number;
  readonly total?: Money;
}

interface Statement {
  readonly id: string;
  readonly format: string;
  readonly account: { readonly number: string; readonly accountKey: string };
  readonly assignment: string;
  readonly currency?: string;
  readonly toDate?: string;
  readonly status: string;
  readonly opening?: Money;
  readonly closing?: Money;
  readonly difference?: Money;
  readonly credits: Totals;
  readonly debits: Totals;
  readonly entries: number;
  readonly flags: readonly { readonly code: string; readonly count: number; readonly difference?: Money }[];
  readonly continuity: { readonly status: string; readonly difference?: Money };
}

export interface ImportedFile {
  readonly file: string;
  readonly refused?: string;
  readonly alreadyImported?: boolean;
  readonly statements: readonly Statement[];
}

/** Sends every file of a folder to `POST /v1/statements` and reads back what became of it. */
export async function importFolder(api: ApiClient, folder: string): Promise<ImportedFile[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const imported: ImportedFile[] = [];
  for (const [index, file] of files.sort().entries()) {
    const result = await importFile(api, file, await readFile(join(folder, file)));
    const outcome =
      result.refused ?? `${result.statements.length} statements${result.alreadyImported ? ', here already' : ''}`;
    console.log(`[${String(index + 1).padStart(2)}/${files.length}] ${file}: ${outcome}`);
    imported.push(result);
  }
  return imported;
}

export async function importFile(api: ApiClient, file: string, bytes: Uint8Array): Promise<ImportedFile> {
  const key = `demo-${file}-${crypto.randomUUID()}`;
  const answer = await api.sendFile('/v1/statements', new Uint8Array(bytes), key);
  if (answer.status === 202) return await followUpload(api, file, answer.body.id);
  if (answer.status >= 300)
    return { file, refused: `refused, ${answer.body.code}: ${answer.body.detail}`, statements: [] };
  return await readImport(api, file, answer.body);
}

async function followUpload(api: ApiClient, file: string, id: string): Promise<ImportedFile> {
  for (const started = Date.now(); Date.now() - started < followMsMax; ) {
    const { status, result, problem } = expectSuccess(await api.get(`/v1/statement-uploads/${id}`));
    if (status === 'COMPLETED') return await readImport(api, file, result);
    if (status === 'REFUSED') return { file, refused: `refused, ${problem.code}: ${problem.detail}`, statements: [] };
    await new Promise((resolve) => setTimeout(resolve, followEveryMs));
  }
  throw new Error(`The upload ${id} of ${file} did not end in ${followMsMax / 1_000} s.`);
}

async function readImport(
  api: ApiClient,
  file: string,
  result: { alreadyImported: boolean; statements: readonly { id: string }[] },
): Promise<ImportedFile> {
  const statements: Statement[] = [];
  for (const { id } of result.statements.slice(0, statementsPerFileMax)) {
    statements.push(expectSuccess(await api.get(`/v1/statements/${id}`)));
  }
  return { file, alreadyImported: result.alreadyImported, statements };
}

/** A table of one line per file and account, then every difference that was flagged. */
export function reportStatements(imported: readonly ImportedFile[]): string {
  const columns = [
    { title: 'File' },
    { title: 'Account' },
    { title: 'Ccy' },
    { title: 'Stmts', align: 'right' },
    { title: 'Opening', align: 'right' },
    { title: 'Closing', align: 'right' },
    { title: 'Credits', align: 'right' },
    { title: 'Amount', align: 'right' },
    { title: 'Debits', align: 'right' },
    { title: 'Amount', align: 'right' },
    { title: 'Entries', align: 'right' },
    { title: 'Flags', align: 'right' },
  ] as const;
  const lines = imported.flatMap(({ file, statements }) =>
    [...byAccount(statements).values()].map((group) => ({ file, group })),
  );
  const rows = lines.map(({ file, group }) => rowOf(file, group));
  const notes = lines.flatMap(({ file, group }) => group.flatMap((statement) => notesOf(file, statement)));
  const refused = imported.filter((one) => one.refused).map((one) => `  ${one.file}: ${one.refused}`);
  return [
    table(columns, rows),
    ...totalsOf(lines.map(({ group }) => group)),
    '',
    `Differences and flags: ${notes.length || 'none'}`,
    ...notes,
    ...(refused.length > 0 ? ['', 'Not statements:', ...refused] : []),
  ].join('\n');
}

function byAccount(statements: readonly Statement[]): Map<string, Statement[]> {
  const groups = new Map<string, Statement[]>();
  for (const statement of statements) {
    const key = `${statement.account.accountKey} ${statement.currency}`;
    groups.set(key, [...(groups.get(key) ?? []), statement]);
  }
  return groups;
}

function rowOf(file: string, group: readonly Statement[]): string[] {
  const first = group[0];
  const last = group.at(-1);
  const flags = group.reduce((sum, statement) => sum + notesOf(file, statement).length, 0);
  return [
    file,
    first?.account.number ?? '',
    first?.currency ?? '',
    String(group.length),
    shown(first?.opening),
    shown(last?.closing),
    String(count(group, 'credits')),
    total(group, 'credits'),
    String(count(group, 'debits')),
    total(group, 'debits'),
    String(group.reduce((sum, { entries }) => sum + entries, 0)),
    flags === 0 ? '' : String(flags),
  ];
}

function totalsOf(groups: readonly (readonly Statement[])[]): string[] {
  const all = groups.flat();
  const currencies = [
    ...new Set(all.map(({ currency }) => currency).filter((currency) => currency !== undefined)),
  ].sort();
  return currencies.map((currency) => {
    const statements = all.filter((statement) => statement.currency === currency);
    const entries = statements.reduce((sum, one) => sum + one.entries, 0);
    return `  ${currency}: ${statements.length} statements, ${entries} entries, credits ${total(statements, 'credits')}, debits ${total(statements, 'debits')}`;
  });
}

function count(group: readonly Statement[], side: 'credits' | 'debits'): number {
  return group.reduce((sum, statement) => sum + statement[side].count, 0);
}

/** Adds decimal strings of one currency exactly. */
function total(group: readonly Statement[], side: 'credits' | 'debits'): string {
  const amounts = group.flatMap((statement) => statement[side].total?.amount ?? []);
  const decimals = amounts[0]?.split('.')[1]?.length ?? 0;
  const sum = amounts.reduce((minor, amount) => minor + BigInt(amount.replace('.', '')), 0n).toString();
  const padded = sum.padStart(decimals + 1, '0');
  return grouped(decimals === 0 ? padded : `${padded.slice(0, -decimals)}.${padded.slice(-decimals)}`);
}

function shown(money: Money | undefined): string {
  return money ? grouped(money.amount) : '–';
}

function notesOf(file: string, statement: Statement): string[] {
  const where = `  ${file}, ${statement.account.number}${statement.toDate ? `, ${statement.toDate}` : ''}:`;
  const { status, difference, continuity, flags } = statement;
  return [
    ...(status === 'BALANCE_MISMATCH' ? [`${where} BALANCE_MISMATCH ${shown(difference)}`] : []),
    ...(continuity.status === 'CONTINUITY_GAP' ? [`${where} CONTINUITY_GAP ${shown(continuity.difference)}`] : []),
    ...flags.map(
      (flag) => `${where} ${flag.code} × ${flag.count}${flag.difference ? ` ${shown(flag.difference)}` : ''}`,
    ),
  ];
}
