import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockBuilder, blockBytesMax, entriesPerBlockMax } from '../../../functions/statements/entry-blocks.ts';
import { blockFromPlain, blockToPlain } from '../../../functions/statements/items.ts';
import { entriesPerPartition } from '../../../functions/statements/keys.ts';
import { type PackedEntry, packEntry } from '../../../functions/statements/stored-entry.ts';
import { fromItem, toItem } from '../../../shared/dynamo/items.ts';
import { joinTexts, readTexts, writeText } from '../../../shared/dynamo/text-with-amounts.ts';
import type { StatementEntry } from '../../../shared/formats/statement-events.ts';
import { entry } from './pages.ts';

const itemBytesMax = 400 * 1024;

function blocksOf(entries: readonly StatementEntry[], first = 1): PackedEntry[][] {
  const builder = blockBuilder();
  const closed = entries.map((one, index) => builder.take(packEntry('stm_1', first + index, one)));
  return [...closed, builder.rest()].filter((block) => block !== undefined);
}

const texts = fc.string({ unit: 'binary', maxLength: 20_000 }).map((text) => text.replace(/\p{Cc}/gu, ' '));
const details = fc.array(
  fc.record({ amount: fc.bigInt(), currency: fc.constant('EUR'), references: fc.constant({}), remittance: texts }),
  { maxLength: 5 },
);
const entries = fc.array(
  fc
    .record({ amount: fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), remittance: texts, details })
    .map(({ amount, ...more }) => entry(amount, { ...more, detailsCount: more.details.length })),
  { minLength: 1, maxLength: 20 },
);

describe('blocks of entries', () => {
  it('hold all entries, each once, in order', () => {
    fc.assert(
      fc.property(entries, (all) => {
        const stored = blocksOf(all).flatMap((block) => block.map(({ sequence }) => sequence));
        expect(stored).toEqual(all.map((_, index) => index + 1));
      }),
    );
  });

  it('fit into an item, whatever is in them', () => {
    fc.assert(
      fc.property(entries, (all) => {
        for (const block of blocksOf(all)) {
          const bytes = Buffer.byteLength(JSON.stringify(toItem(blockToPlain('demo', 'stm_1', block))));
          expect(bytes).toBeLessThan(itemBytesMax);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('come back as they were', () => {
    fc.assert(
      fc.property(entries, (all) => {
        const back = blocksOf(all).flatMap((block) =>
          blockFromPlain(fromItem(toItem(blockToPlain('demo', 'stm_1', block)))),
        );
        expect(back.map(({ id: _, sequence, ...facts }) => ({ ...facts, index: sequence }))).toEqual(
          all.map((one, index) => ({ ...one, index: index + 1 })),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('end after 250 entries and at the end of a partition', () => {
    const many = Array.from({ length: 600 }, () => entry(1n));
    expect(blocksOf(many).map((block) => block.length)).toEqual([entriesPerBlockMax, entriesPerBlockMax, 100]);
    const across = blocksOf(many.slice(0, 20), entriesPerPartition - 9);
    expect(across.map((block) => block.length)).toEqual([10, 10]);
  });

  it('end before they are too large', () => {
    const long = entry(1n, { remittance: 'x'.repeat(50_000) });
    const blocks = blocksOf([long, long, long]);
    expect(blocks.map((block) => block.reduce((sum, { bytes }) => sum + bytes, 0) <= blockBytesMax)).toEqual([
      true,
      true,
    ]);
  });
});

describe('an entry with one transaction', () => {
  const transaction = { amount: 5n, currency: 'EUR', references: { endToEndId: 'E1' }, remittance: 'Invoice 17' };

  function storedText(detail: typeof transaction): unknown {
    const whole = entry(5n, {
      references: transaction.references,
      remittance: 'Invoice 17',
      details: [detail],
      detailsCount: 1,
    });
    const plain = blockToPlain('demo', 'stm_1', [packEntry('stm_1', 1, whole)]);
    expect(blockFromPlain(plain)[0]?.details).toEqual([detail]);
    return plain.text;
  }

  it('is kept without it when it says the same', () => {
    expect(storedText(transaction)).not.toContain('"details"');
  });

  it('is kept with it when it says more', () => {
    expect(storedText({ ...transaction, remittance: 'Invoice 18' })).toContain('Invoice 18');
  });
});

describe('a text with its amounts beside it', () => {
  it('names amounts by place in the line and keeps them exact', () => {
    const lines = [{ amount: 12345678901234567890n, fee: 0n }, { none: true }, { amount: -1n, count: 3 }];
    const joined = joinTexts(lines.map(writeText));
    expect(joined.text).toBe(
      '{"amount":{"minor":0},"fee":{"minor":1}}\n{"none":true}\n{"amount":{"minor":0},"count":3}',
    );
    expect(joined.amounts).toEqual([12345678901234567890n, 0n, -1n]);
    expect(readTexts(joined)).toEqual(lines);
  });

  it('is refused when an amount is missing', () => {
    expect(() => readTexts({ text: '{"amount":{"minor":1}}', amounts: [5n] })).toThrow('not there');
  });
});
