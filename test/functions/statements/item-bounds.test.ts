import { describe, expect, it } from 'vitest';
import { pieceBytesMax } from '../../../functions/statements/file-digest.ts';
import { blockFromPlain, blockToPlain, chunksToPlain, statementToPlain } from '../../../functions/statements/items.ts';
import { planImport } from '../../../functions/statements/plan-import.ts';
import { readFile } from '../../../functions/statements/read-file.ts';
import { describeStatement } from '../../../functions/statements/statement.ts';
import { packEntry } from '../../../functions/statements/stored-entry.ts';
import { storedStatement } from '../../../functions/statements/stored-statement.ts';
import { toItem } from '../../../shared/dynamo/items.ts';
import type { StatementEntry, StatementTrailer } from '../../../shared/formats/statement-events.ts';
import { balance, entry, page } from './pages.ts';

const itemBytesMax = 400 * 1024;

/** The longest texts that the parsers let through: three bytes a character. */
const longText = '禹'.repeat(50_000);
const longId = '禹'.repeat(1_000);

function bytesOf(plain: Record<string, unknown>): number {
  return Buffer.byteLength(JSON.stringify(toItem(plain)));
}

function fileOf(entries: readonly StatementEntry[], trailer: Partial<StatementTrailer> = {}) {
  return async function* () {
    yield { kind: 'statement', header: { format: 'MT940', account: { number: '4711', currency: 'EUR' } } } as const;
    for (const one of entries) yield { kind: 'entry', entry: one } as const;
    yield { kind: 'end', trailer: { balances: [], entries: entries.length, flags: [], ...trailer } } as const;
  };
}

describe('an item', () => {
  it('holds an entry with the longest text and a transaction with one, apart', () => {
    const detail = { amount: 5n, currency: 'EUR', references: { endToEndId: 'E1' }, remittance: longText };
    const packed = packEntry(
      'stm_1',
      1,
      entry(5n, { remittance: longText, details: [detail, detail], detailsCount: 2 }),
    );
    const items = [blockToPlain('demo', 'ens_1', [packed]), ...chunksToPlain('demo', 'ens_1', packed)];
    expect(items).toHaveLength(3);
    for (const item of items) expect(bytesOf(item)).toBeLessThan(itemBytesMax);
    const [stored] = blockFromPlain(items[0] ?? {});
    expect(stored).toMatchObject({ details: [], detailsCount: 2, remittance: longText });
  });

  it('holds the statement of 1,000 pages with balances, long notes and flags', () => {
    const pages = Array.from({ length: 1_000 }, (_, index) =>
      page({
        header: { account: { number: longId, currency: 'EUR', ownerName: longText }, messageId: longId },
        entries: [entry(0n)],
        balances: [
          balance('OPBD', 0n),
          balance(longId, 1n, { indicatorMissing: true }),
          balance('CLBD', BigInt(index)),
        ],
      }),
    );
    const [first, ...others] = pages;
    if (!first) throw new Error('No page.');
    const short = others.map((one) => ({ ...one, balances: one.balances.filter(({ type }) => type !== longId) }));
    const noted = { ...first, information: longText, balances: short[0]?.balances ?? [] };
    const statement = describeStatement('demo', 'key', [noted, ...short]);
    expect(statement.balances).toHaveLength(400);
    expect(statement.flags).toContainEqual({ code: 'BALANCES_NOT_KEPT', count: 1_600, where: ['balances'] });
    expect(statement.flags.map(({ code }) => code)).toContain('INFORMATION_CUT');
    const importedBy = { client: 'c', role: 'treasurer', requestId: 'r' } as const;
    const facts = { tenant: 'demo', importId: 'imp_1', entriesOf: 'ens_1', importedAt: '2026-03-02', importedBy };
    const stored = storedStatement(statement, { ...facts, accountId: undefined, flags: [], placeInFile: 0 });
    expect(bytesOf(statementToPlain(stored))).toBeLessThan(itemBytesMax);
  });
});

describe('what no item holds', () => {
  const tooLong = 'x'.repeat(pieceBytesMax);

  it.each([
    ['an entry', entry(5n, { remittance: tooLong }), 'page 1, entry 2'],
    [
      'a transaction',
      entry(5n, { details: [{ references: {} }, { references: {}, remittance: tooLong }] }),
      'page 1, entry 2, transaction 2',
    ],
  ])('%s is refused while the file is read, with its place', async (_, large, element) => {
    await expect(readFile(fileOf([entry(1n), large])())).rejects.toMatchObject({
      code: 'statements/too-large',
      fields: { position: { element } },
    });
  });

  it('a statement is refused before anything is written, with its place', async () => {
    const balances = Array.from({ length: 200 }, (_, index) => balance(`${longId}${index}`, 1n));
    const { pages } = await readFile(fileOf([], { balances })());
    expect(() => planImport('demo', pages, (number) => number)).toThrow(
      expect.objectContaining({
        code: 'statements/too-large',
        fields: expect.objectContaining({ position: { element: 'statement 1' } }),
      }),
    );
  });
});
