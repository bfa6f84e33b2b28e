import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ApiClient, expectSuccess } from './api-client.ts';
import { grouped, table } from './table.ts';

const statementsPerFileMax = 1_000;
const entryPagesMax = 20;
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
  readonly pagesCount: number;
}

interface Entry {
  readonly status: string;
  readonly creditDebit: string;
  readonly amount: Money;
  readonly detailsCount: number;
}

interface ReadStatement extends Statement {
  /** Transactions in the entries' details. */
  readonly transactions: number;
  /** Entries that are announced but not booked. */
  readonly notBooked: readonly Entry[];
}

export interface ImportedFile {
  readonly file: string;
  readonly refused?: string;
  readonly alreadyImported?: boolean;
  readonly statements: readonly ReadStatement[];
}

/** Sends every file of a folder to `POST /v1/statements` and reads back what became of it. */
export async function importFolder(api: ApiClient, folder: string): Promise<ImportedFile[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  if (files.length === 0) throw new Error(`There are no files in ${folder}.`);
  const imported: ImportedFile[] = [];
  for (const [index, file] of files.sort().entries()) {
    const result = await importFile(api, file, await readFile(join(folder, file)));
    const outcome =
      result.refused ??
      `${counted(result.statements.length, 'statement')}${result.alreadyImported ? ', here already' : ''}`;
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
  const statements: ReadStatement[] = [];
  for (const { id } of result.statements.slice(0, statementsPerFileMax)) {
    const statement: Statement = expectSuccess(await api.get(`/v1/statements/${id}`));
    const entries = await readEntries(api, id);
    const transactions = entries.reduce((sum, { detailsCount }) => sum + detailsCount, 0);
    statements.push({ ...statement, transactions, notBooked: entries.filter(({ status }) => status !== 'BOOKED') });
  }
  return { file, alreadyImported: result.alreadyImported, statements };
}

async function readEntries(api: ApiClient, id: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  let cursor = '';
  for (let page = 0; page < entryPagesMax; page++) {
    const body = expectSuccess(await api.get(`/v1/statements/${id}/entries?limit=1000${cursor}`));
    entries.push(...body.entries);
    if (!body.nextCursor) break;
    cursor = `&cursor=${body.nextCursor}`;
  }
  return entries;
}

/** A table of one line per file and account, then every difference that was flagged. */
export function reportStatements(imported: readonly ImportedFile[]): string {
  const columns = [
    { title: 'File' },
    { title: 'Account' },
    { title: 'Ccy' },
    { title: 'Stmts', align: 'right' },
    { title: 'Msgs', align: 'right' },
    { title: 'Opening', align: 'right' },
    { title: 'Closing', align: 'right' },
    { title: 'Credits', align: 'right' },
    { title: 'Amount', align: 'right' },
    { title: 'Debits', align: 'right' },
    { title: 'Amount', align: 'right' },
    { title: 'Entries', align: 'right' },
    { title: 'Trans.', align: 'right' },
    { title: 'Flags', align: 'right' },
  ] as const;
  const lines = imported.flatMap(({ file, statements }) =>
    [...byAccount(statements).values()].map((group) => ({ file, group })),
  );
  const rows = lines.map(({ file, group }) => rowOf(file, group));
  const notes = lines.flatMap(({ file, group }) => group.flatMap((statement) => notesOf(file, statement)));
  const notBooked = lines.flatMap(({ file, group }) => group.flatMap((statement) => notBookedOf(file, statement)));
  const refused = imported.filter((one) => one.refused).map((one) => `  ${one.file}: ${one.refused}`);
  return [
    table(columns, rows),
    '',
    'Totals by file',
    ...totalsOf(imported),
    ...(notBooked.length > 0 ? ['', 'Announced, not booked', ...notBooked] : []),
    '',
    `Differences and flags: ${notes.length || 'none'}`,
    ...notes,
    ...(refused.length > 0 ? ['', 'Not statements:', ...refused] : []),
  ].join('\n');
}

function byAccount(statements: readonly ReadStatement[]): Map<string, ReadStatement[]> {
  const groups = new Map<string, ReadStatement[]>();
  for (const statement of statements) {
    const key = `${statement.account.accountKey} ${statement.currency}`;
    groups.set(key, [...(groups.get(key) ?? []), statement]);
  }
  return groups;
}

function rowOf(file: string, group: readonly ReadStatement[]): string[] {
  const first = group[0];
  const last = group.at(-1);
  const flags = sumOf(group, (statement) => notesOf(file, statement).length);
  return [
    file,
    first?.account.number ?? '',
    first?.currency ?? '',
    String(group.length),
    String(sumOf(group, ({ pagesCount }) => pagesCount)),
    shown(first?.opening),
    shown(last?.closing),
    String(count(group, 'credits')),
    total(group, 'credits'),
    String(count(group, 'debits')),
    total(group, 'debits'),
    String(sumOf(group, ({ entries }) => entries)),
    String(sumOf(group, ({ transactions }) => transactions)),
    flags === 0 ? '' : String(flags),
  ];
}

function totalsOf(imported: readonly ImportedFile[]): string[] {
  return imported.flatMap(({ file, statements }) => {
    const currencies = [...new Set(statements.map(({ currency }) => currency ?? ''))].sort();
    return currencies.map((currency) => {
      const group = statements.filter((statement) => (statement.currency ?? '') === currency);
      const accounts = byAccount(group).size;
      const pages = sumOf(group, ({ pagesCount }) => pagesCount);
      const entries = sumOf(group, (statement) => statement.entries);
      return `  ${file}: ${counted(pages, 'statement message')} on ${counted(accounts, 'account')}, ${counted(entries, 'entry', 'entries')}, credits ${total(group, 'credits')}, debits ${total(group, 'debits')} ${currency}`;
    });
  });
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

function sumOf<Element>(elements: readonly Element[], value: (element: Element) => number): number {
  return elements.reduce((sum, element) => sum + value(element), 0);
}

function count(group: readonly ReadStatement[], side: 'credits' | 'debits'): number {
  return sumOf(group, (statement) => statement[side].count);
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

function notBookedOf(file: string, { account, notBooked }: ReadStatement): string[] {
  return notBooked.map(({ status, creditDebit, amount, detailsCount }) => {
    const money = `${grouped(amount.amount)} ${amount.currency}`;
    return `  ${file}, ${account.number}: ${status}, ${creditDebit} of ${money}, made of ${counted(detailsCount, 'transaction')}`;
  });
}

function notesOf(file: string, { account, toDate, flags }: Statement): string[] {
  const where = `  ${file}, ${account.number}${toDate ? `, ${toDate}` : ''}:`;
  return flags.map(({ code, count: times, difference }) => {
    const often = times > 1 ? ` × ${times}` : '';
    return `${where} ${code}${often}${difference ? ` ${shown(difference)}` : ''}`;
  });
}
