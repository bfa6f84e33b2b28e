import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { at, type ReadStatement, readWhole } from './read.ts';

/** A folder of real bank files, named by BANK_FILES; they are no part of the project. */
const named = process.env.BANK_FILES ?? '';
const folder = pathToFileURL(`${named}/`);

describe.skipIf(named === '' || !existsSync(folder))('real bank files', () => {
  const read = async (name: string) => readWhole(await readFile(new URL(name, folder)));

  it('camt.053 of 2024-03-07: 21,081,222.58 to 21,903,960.39, balances without indicator', async () => {
    const main = at(await read('lt-camt053-2024-03-07.xml'), 0);
    expect(figuresOf([main])).toEqual({
      opening: 21_081_222_58n,
      closing: 21_903_960_39n,
      credits: { count: 1, total: 828_531_98n },
      debits: { count: 2, total: 5_794_17n },
    });
    expect(main.trailer.balances.map(({ indicatorMissing }) => indicatorMissing)).toEqual([true, true]);
  });

  it('camt.053 of 2024-03-14: 24,045,029.50 to 20,888,586.83 in 14 entries', async () => {
    expect(figuresOf([at(await read('lt-camt053-2024-03-14.xml'), 0)])).toEqual({
      opening: 24_045_029_50n,
      closing: 20_888_586_83n,
      credits: { count: 4, total: 928_305_49n },
      debits: { count: 10, total: 4_084_748_16n },
    });
  });

  it('camt.052 of 2024-03-11: an intraday report without entries', async () => {
    const report = at(await read('lt-camt052-2024-03-11.xml'), 0);
    expect(report.header).toMatchObject({ format: 'camt.052', version: 'camt.052.001.06' });
    expect(report.entries).toEqual([]);
    expect(report.trailer.balances.find(({ type }) => type === 'INFO')?.amount).toBe(1_719_659_71n);
  });

  it('camt.054 of 2024-03-08: one entry of 27,773.35 made of 43 transactions', async () => {
    const entry = at(at(await read('lt-camt054-2024-03-08.xml'), 0).entries, 0);
    expect(entry).toMatchObject({ amount: 27_773_35n, detailsCount: 43, flags: [] });
    expect(entry.details.reduce((sum, { amount = 0n }) => sum + amount, 0n)).toBe(27_773_35n);
  });

  it('camt.053 with PRCD 1,000.01 for an opening: 100.01, 13 entries, 26 transactions, 5 forward balances', async () => {
    const statement = at(await read('abn-camt053.xml'), 0);
    const { balances } = statement.trailer;
    expect(balances.filter(({ type }) => type === 'OPBD')).toEqual([]);
    expect(balances.find(({ type }) => type === 'PRCD')?.amount).toBe(1_000_01n);
    expect(balances.filter(({ type }) => type === 'FWAV')).toHaveLength(5);
    expect(statement.entries).toHaveLength(13);
    expect(statement.entries.reduce((sum, { detailsCount }) => sum + detailsCount, 0)).toBe(26);
    expect(1_000_01n + sumOf(statement)).toBe(100_01n);
    expect(figuresOf([statement]).closing).toBe(100_01n);
  });

  it('MT940 of January 2020: 31 days, 444.29 to 501.23', async () => {
    const days = await read('asnb-mt940-2020-01.txt');
    expect(days).toHaveLength(31);
    expect(figuresOf(days)).toEqual({
      opening: 444_29n,
      closing: 501_23n,
      credits: { count: 3, total: 2_828_90n },
      debits: { count: 5, total: 2_771_96n },
    });
    expect(days.map(differenceOf).every((difference) => difference === 0n)).toBe(true);
  });

  it('MT940 of 26 messages: 97 entries, credits 5,188,474.94, debits 14,457,610.84, all balance', async () => {
    const messages = await read('betterplace-mt940-multi.sta');
    expect(messages).toHaveLength(26);
    const { credits, debits } = figuresOf(messages);
    expect(credits.count + debits.count).toBe(97);
    expect([credits.total, debits.total]).toEqual([5_188_474_94n, 14_457_610_84n]);
    expect(messages.map(differenceOf).every((difference) => difference === 0n)).toBe(true);
  });

  it('MT940 of 8 statements: 3,085.00 to 3,830.00 by 12 credits', async () => {
    const statements = await read('volksbanken-mt940.txt');
    expect(statements).toHaveLength(8);
    expect(figuresOf(statements)).toEqual({
      opening: 3_085_00n,
      closing: 3_830_00n,
      credits: { count: 12, total: 745_00n },
      debits: { count: 0, total: 0n },
    });
  });

  it('MT940 in two pages, the second off by −0.20', async () => {
    const pages = await read('postfinance-mt940-paged.txt');
    expect(pages.map(({ header }) => [header.sequenceNumber, header.pageNumber])).toEqual([
      ['999', 1],
      ['999', 2],
    ]);
    expect(pages.map(differenceOf)).toEqual([0n, -20n]);
  });

  it.each(['group', 'payment', 'txn'])('a pain.002 (%s) is no statement', async (level) => {
    await expect(read(`nordea-pain002-${level}-reject.xml`)).rejects.toMatchObject({ reason: 'not-a-statement' });
  });
});

function sumOf({ entries }: ReadStatement): bigint {
  return entries.reduce((sum, { amount }) => sum + amount, 0n);
}

function balanceOf({ trailer }: ReadStatement, type: string): bigint | undefined {
  return trailer.balances.find((balance) => balance.type === type)?.amount;
}

/** What the entries lead to − what the statement says. */
function differenceOf(statement: ReadStatement): bigint {
  const [opening = 0n, closing = 0n] = [balanceOf(statement, 'OPBD'), balanceOf(statement, 'CLBD')];
  return opening + sumOf(statement) - closing;
}

function figuresOf(statements: readonly ReadStatement[]) {
  const entries = statements.flatMap((statement) => statement.entries);
  const side = (creditDebit: string) => {
    const amounts = entries.filter((entry) => entry.creditDebit === creditDebit).map(({ amount }) => amount);
    const total = amounts.reduce((sum, amount) => sum + amount, 0n);
    return { count: amounts.length, total: total < 0n ? -total : total };
  };
  return {
    opening: balanceOf(at(statements, 0), 'OPBD'),
    closing: balanceOf(at(statements, statements.length - 1), 'CLBD'),
    credits: side('CREDIT'),
    debits: side('DEBIT'),
  };
}
