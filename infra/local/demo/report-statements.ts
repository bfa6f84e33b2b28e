import type { ImportedFile, Money, ReadStatement, Statement } from './read-statement.ts';
import { counted, grouped, table } from './table.ts';

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
