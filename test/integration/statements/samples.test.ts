import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareStored } from '../../../functions/statements/compare-stored.ts';
import { importFile } from '../../../functions/statements/import-file.ts';
import { parsedFile } from '../../../functions/statements/parsed-file.ts';
import { readEntryPage } from '../../../functions/statements/read-entries.ts';
import type { StoredStatement } from '../../../functions/statements/stored-statement.ts';
import { formatAmount } from '../../../shared/money/amount.ts';
import { anEngine } from '../../support/engines.ts';
import { actor, now, statementsOnEngine, type TestStatements } from './support.ts';

/** Files of real banks in the folder that BANK_FILES names; no part of the project. The figures came with them. */
const samples = process.env.BANK_FILES ?? '';

describe.skipIf(samples === '' || !existsSync(samples))('files of real banks', () => {
  let own: TestStatements;

  beforeAll(async () => {
    own = await statementsOnEngine(anEngine());
  });
  afterAll(() => own.close());

  async function importSample(name: string): Promise<readonly StoredStatement[]> {
    const events = parsedFile(async function* () {
      yield readFileSync(join(samples, name));
    });
    const { statements } = await importFile(own.tools, { actor, now, importId: `imp_${name}`, events });
    return statements;
  }

  const text = (minor: bigint | undefined) => formatAmount(minor ?? 0n, 'EUR');

  function totals(statements: readonly StoredStatement[]) {
    const sum = (side: 'credits' | 'debits') =>
      `${statements.reduce((all, one) => all + one[side].count, 0)}: ${text(statements.reduce((all, one) => all + one[side].total, 0n))}`;
    return { credits: sum('credits'), debits: sum('debits') };
  }

  function facts(statement: StoredStatement | undefined) {
    if (!statement) return undefined;
    const { opening, closing, status, entries } = statement;
    return { opening: text(opening?.amount), closing: text(closing?.amount), status, entries, ...totals([statement]) };
  }

  it('camt.053 without indicators: 21,081,222.58 to 21,903,960.39', async () => {
    const [main] = await importSample('lt-camt053-2024-03-07.xml');
    expect(facts(main)).toEqual({
      opening: '21081222.58',
      closing: '21903960.39',
      status: 'BALANCED',
      entries: 3,
      credits: '1: 828531.98',
      debits: '2: 5794.17',
    });
    expect(main?.flags).toEqual([
      { code: 'STATUS_MISSING', count: 3, where: [1, 2, 3] },
      { code: 'BALANCE_INDICATOR_MISSING', count: 2, where: ['OPBD', 'CLBD'] },
    ]);
  });

  it('camt.053 a week later: 24,045,029.50 to 20,888,586.83', async () => {
    const [main] = await importSample('lt-camt053-2024-03-14.xml');
    expect(facts(main)).toEqual({
      opening: '24045029.50',
      closing: '20888586.83',
      status: 'BALANCED',
      entries: 14,
      credits: '4: 928305.49',
      debits: '10: 4084748.16',
    });
  });

  it('camt.052: a report, not checked', async () => {
    const statements = await importSample('lt-camt052-2024-03-11.xml');
    expect(statements.map(({ status }) => status)).toContain('NOT_CHECKED');
  });

  it('camt.054: one entry of 27,773.35 made of 43 transactions', async () => {
    const [notification] = await importSample('lt-camt054-2024-03-08.xml');
    if (!notification) throw new Error('nothing imported');
    const [entry] = (await readEntryPage(own.store, notification, 1, 10, {})).entries;
    expect(text(entry?.amount)).toBe('27773.35');
    expect(entry?.details).toHaveLength(43);
    expect(text(entry?.details.reduce((sum, { amount = 0n }) => sum + amount, 0n))).toBe('27773.35');
  });

  it('camt.053 with a previous closing balance only: 1,000.01 to 100.01', async () => {
    const [statement] = await importSample('abn-camt053.xml');
    if (!statement) throw new Error('nothing imported');
    expect(statement.opening?.type).toBe('PRCD');
    expect(facts(statement)).toMatchObject({ opening: '1000.01', closing: '100.01', entries: 13 });
    expect(statement.balances.filter(({ type }) => type === 'FWAV')).toHaveLength(5);
    const { entries } = await readEntryPage(own.store, statement, 1, 100, {});
    expect(entries.reduce((sum, { details }) => sum + details.length, 0)).toBe(26);
  });

  it('MT940 of a month: 31 days from 444.29 to 501.23, each opening with the closing before', async () => {
    const statements = await importSample('asnb-mt940-2020-01.txt');
    expect(statements).toHaveLength(31);
    expect(text(statements[0]?.opening?.amount)).toBe('444.29');
    expect(text(statements.at(-1)?.closing?.amount)).toBe('501.23');
    expect(totals(statements)).toEqual({ credits: '3: 2828.90', debits: '5: 2771.96' });
    const continuities = await Promise.all(statements.map((one) => compareStored(own.store, one)));
    expect(continuities.map(({ status }) => status)).toEqual(['FIRST', ...Array(30).fill('CONTINUES')]);
  });

  // The file holds 26 messages; six of them are second or third pages, so they are statements of 20 accounts.
  it('MT940 of 26 messages: reversed credits are debits and all balance', async () => {
    const statements = await importSample('betterplace-mt940-multi.sta');
    expect(statements.reduce((sum, { pagesCount }) => sum + pagesCount, 0)).toBe(26);
    expect(new Set(statements.map(({ accountKey }) => accountKey)).size).toBe(20);
    expect(statements.reduce((sum, { entries }) => sum + entries, 0)).toBe(97);
    const { credits, debits } = totals(statements);
    expect([credits.split(': ')[1], debits.split(': ')[1]]).toEqual(['5188474.94', '14457610.84']);
    expect(new Set(statements.map(({ status }) => status))).toEqual(new Set(['BALANCED']));
    expect(new Set(statements.flatMap(({ pages }) => pages.map(({ difference }) => difference)))).toEqual(
      new Set([0n]),
    );
  });

  it('MT940 of eight statements without numbers: 3,085.00 to 3,830.00 with 12 credits', async () => {
    const statements = await importSample('volksbanken-mt940.txt');
    expect(statements).toHaveLength(8);
    expect(text(statements[0]?.opening?.amount)).toBe('3085.00');
    expect(text(statements.at(-1)?.closing?.amount)).toBe('3830.00');
    expect(totals(statements).credits).toMatch(/^12: /);
    const continuities = await Promise.all(statements.map((one) => compareStored(own.store, one)));
    expect(continuities.map(({ status }) => status)).toEqual(['FIRST', ...Array(7).fill('CONTINUES')]);
  });

  it('MT940 on two pages: the second is off by −0.20', async () => {
    const statements = await importSample('postfinance-mt940-paged.txt');
    expect(statements).toHaveLength(1);
    expect(statements[0]).toMatchObject({ status: 'BALANCE_MISMATCH', difference: -20n, pagesCount: 2 });
    expect(statements[0]?.pages.map(({ difference }) => difference)).toEqual([0n, -20n]);
  });
});
