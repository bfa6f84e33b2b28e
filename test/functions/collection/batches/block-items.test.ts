import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block } from '../../../../functions/collection/batches/batch.ts';
import {
  batchFromPlain,
  batchToPlain,
  blockFromPlain,
  blockToPlain,
  refusalsToPlain,
  unzipped,
} from '../../../../functions/collection/batches/block-items.ts';
import type { CollectionItem } from '../../../../functions/collection/items/item.ts';
import { openShards } from '../../../../functions/collection/keys.ts';
import { fromItem, type Plain, toItem } from '../../../../shared/dynamo/items.ts';
import { testSeed } from '../../../support/random.ts';
import { anItem, aTry } from '../items/items.ts';
import { aBatch, aBlock } from './samples.ts';

/** As it comes back from the table. */
const stored = (plain: Plain): Plain => fromItem(toItem(plain));
const reread = (block: Block) => blockFromPlain(stored(blockToPlain(block)));

describe('a block of items in the table', () => {
  const seed = testSeed();
  it(`comes back as it was written, every amount to the last digit, seed ${seed}`, () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 30n });
    const words = fc.string({ unit: 'grapheme', maxLength: 40 });
    const item = fc.record({ amount, settled: amount, fee: amount, words, isReserved: fc.boolean() });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 20 }), fc.nat(2_500), fc.integer({ min: 1 }), (some, block, revision) => {
        const items = some.map(
          ({ amount: minor, settled, fee, words: text, isReserved }, place): CollectionItem => ({
            ...anItem(aTry({ amount: minor, state: 'SETTLED', settled, fee })),
            line: place + 1,
            amount: minor,
            description: text,
            references: { order: text },
            ...(isReserved && { nextTryAt: '2026-03-03T02:00:00.000Z' }),
          }),
        );
        const written = { ...aBlock(items, block), revision };
        expect(reread(written)).toEqual(written);
      }),
      { seed, numRuns: 200 },
    );
  });

  it('is looked at when it is due, and found nowhere once nothing is to be done', () => {
    const due = { ...aBlock([anItem()]), dueAt: '2026-03-02T02:01:00.000Z' };
    expect(reread(due)).toEqual(due);
    const plain = blockToPlain(due);
    expect(openShards).toContain(plain.dueOf);
    expect(plain.dueAt).toBe(due.dueAt);
    expect(Object.keys(blockToPlain(aBlock([anItem()])))).not.toContain('dueOf');
  });

  it('keeps names that look like amounts as they are', () => {
    const item = { ...anItem(), description: '100000', references: { n: '7n', m: '{"$":"1"}', o: '__proto__' } };
    expect(reread(aBlock([item])).items).toEqual([item]);
  });

  it('of twenty items of a usual batch takes a few hundred bytes for each step rather than one write per item', () => {
    const items = Array.from({ length: 20 }, (_, place) => ({
      ...anItem(aTry({ orderId: `o${place}` })),
      line: place + 1,
    }));
    const { records } = blockToPlain(aBlock(items));
    expect((records as Uint8Array).byteLength).toBeLessThan(1_024);
  });
});

describe('a batch in the table', () => {
  it('comes back as it was written, and is on the list of its tenant', () => {
    const batch = aBatch({ lines: 10_000, refused: 3, items: 11_000, blocks: 550 });
    const plain = stored(batchToPlain(batch));
    expect(batchFromPlain(plain)).toEqual(batch);
    expect(plain.listAt).toBe(`${batch.createdAt}#${batch.id}`);
  });

  it('that is a collection asked for by itself is on the list of those, and on no list of batches', () => {
    const single = aBatch({ single: true });
    const plain = stored(batchToPlain(single));
    expect(batchFromPlain(plain)).toEqual(single);
    expect(plain.listOf).not.toBe(batchToPlain(aBatch()).listOf);
    const block = { ...aBlock([anItem()]), single: true } as const;
    expect(reread(block)).toEqual(block);
  });

  it('keeps why lines were refused', () => {
    const lines = [{ line: 2, code: 'MALFORMED', field: '金额', detail: 'Send an amount.' }] as const;
    const { tenant, id: batchId } = aBatch();
    expect(unzipped(stored(refusalsToPlain({ tenant, batchId, block: 0, lines })))).toEqual(lines);
  });
});
