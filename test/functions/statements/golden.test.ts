import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parsedFile } from '../../../functions/statements/parsed-file.ts';
import { planImport } from '../../../functions/statements/plan-import.ts';
import { readFile } from '../../../functions/statements/read-file.ts';
import type { Statement } from '../../../functions/statements/statement.ts';
import { formatAmount } from '../../../shared/money/amount.ts';

/** Each file holds what a statement must come to, worked out by hand, and the bank's file that says it. */
const files = globSync(join(import.meta.dirname, 'golden/*.txt')).sort();

describe('golden statements', () => {
  it.each(files.map((file) => [basename(file, '.txt'), file]))('%s', async (_, file) => {
    const [expected = '', ...content] = readFileSync(file, 'utf8').split('--- file\n');
    const events = parsedFile(async function* () {
      yield Buffer.from(content.join('--- file\n'));
    });
    const { pages } = await readFile(events());
    const { statements } = planImport('demo', pages, (number) => number);
    expect(statements).toHaveLength(1);
    for (const { statement } of statements) expect(linesOf(statement)).toEqual(factsIn(expected));
  });
});

const facts = /^(account|day|opening|credits|debits|computed|closing|difference|status|entries|flags)\s+(.*)$/;

function factsIn(text: string): string[] {
  const matches = text.split('\n').map((line) => facts.exec(line));
  return matches.flatMap((match) => (match ? [`${match[1]} ${match[2]?.replace(/\s+/g, ' ')}`] : []));
}

function linesOf(statement: Statement): string[] {
  const { currency = '', check, credits, debits, opening, closing, flags } = statement;
  const money = (minor: bigint | undefined) => (minor === undefined ? 'none' : formatAmount(minor, currency));
  return [
    `account ${statement.accountKey} ${currency}`,
    `day ${statement.toDate}`,
    `opening ${money(opening?.amount)}`,
    `credits ${credits.count} ${money(credits.total)}`,
    `debits ${debits.count} ${money(debits.total)}`,
    `computed ${money(check.computedClosing)}`,
    `closing ${money(closing?.amount)}`,
    `difference ${money(check.difference)}`,
    `status ${check.status}`,
    `entries ${statement.entries}`,
    `flags ${flags.map(({ code, where }) => `${code} ${where.join(' ')}`).join(', ') || 'none'}`,
  ];
}
