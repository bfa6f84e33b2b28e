import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemsPerBlockMax } from '../../../../functions/collection/batches/batch.ts';
import { pageItems } from '../../../../functions/collection/batches/page-items.ts';
import type { CollectionItem, ItemState } from '../../../../functions/collection/items/item.ts';
import type { CollectionStore } from '../../../../functions/collection/store.ts';
import { testSeed } from '../../../support/random.ts';
import { anItem, aTry } from '../items/items.ts';
import { aBatch, aBlock } from './samples.ts';

/** A batch of so many lines, of which those that are named are settled; and how many blocks each page read. */
function batchOf(count: number, settled: (line: number) => boolean = () => false) {
  const items = Array.from({ length: count }, (_, index): CollectionItem => {
    const line = index + 1;
    return { ...(settled(line) ? anItem(aTry({ state: 'SETTLED', settled: 100_000n })) : anItem()), line };
  });
  const blocks = Math.ceil(count / itemsPerBlockMax);
  const batch = aBatch({ items: count, blocks });
  const reads: number[] = [];
  const store: Pick<CollectionStore, 'readBlocks'> = {
    readBlocks: async (_, from = 0, to = blocks) => {
      reads.push(Math.max(0, to - from));
      return Array.from({ length: Math.max(0, to - from) }, (__, place) => {
        const first = (from + place) * itemsPerBlockMax;
        return aBlock(items.slice(first, first + itemsPerBlockMax), from + place);
      });
    },
  };
  return {
    page: (from: number, size: number, state?: ItemState) => pageItems(store, batch, from, size, { state }),
    reads,
  };
}

const lines = (items: readonly CollectionItem[]) => items.map(({ line }) => line);

describe('a page of the items of a batch', () => {
  it('holds them in the order of the lines, from the place asked for on', async () => {
    const { page } = batchOf(2 * itemsPerBlockMax + 5);
    expect(await page(0, 3)).toMatchObject({ items: [{ line: 1 }, { line: 2 }, { line: 3 }], next: 3 });
    const acrossBlocks = await page(itemsPerBlockMax - 1, 3);
    expect(lines(acrossBlocks.items)).toEqual([itemsPerBlockMax, itemsPerBlockMax + 1, itemsPerBlockMax + 2]);
    expect(acrossBlocks.next).toBe(itemsPerBlockMax + 2);
  });

  it('is the last where no item is behind it', async () => {
    const { page } = batchOf(itemsPerBlockMax);
    const { items, next } = await page(itemsPerBlockMax - 2, 2);
    expect([lines(items), next]).toEqual([[itemsPerBlockMax - 1, itemsPerBlockMax], undefined]);
    expect(await page(itemsPerBlockMax, 10)).toEqual({ items: [] });
    expect(await page(10 * itemsPerBlockMax, 10)).toEqual({ items: [] });
  });

  it('of a state holds only items that stand there, and tells where to go on', async () => {
    const { page } = batchOf(50, (line) => line % 10 === 0);
    const first = await page(0, 2, 'SETTLED');
    expect([lines(first.items), first.next]).toEqual([[10, 20], 29]);
    const second = await page(first.next ?? 0, 10, 'SETTLED');
    expect([lines(second.items), second.next]).toEqual([[30, 40, 50], undefined]);
    expect((await page(0, 10, 'FAILED')).items).toEqual([]);
  });

  it('of a state that few items have looks through so many blocks and no more', async () => {
    const { page, reads } = batchOf(10_000, (line) => line === 10_000);
    const first = await page(0, 10, 'SETTLED');
    expect(first.items).toEqual([]);
    expect(first.next).toBe(60 * itemsPerBlockMax);
    expect(reads).toEqual([60]);
  });

  const seed = testSeed();
  it(`after page shows every item once, whatever the size of a page, seed ${seed}`, async () => {
    const sizes = fc.tuple(fc.integer({ min: 0, max: 130 }), fc.integer({ min: 1, max: 70 }), fc.boolean());
    await fc.assert(
      fc.asyncProperty(sizes, async ([count, size, onlySettled]) => {
        const { page } = batchOf(count, (line) => line % 7 === 0);
        const seen: number[] = [];
        for (let from: number | undefined = 0; from !== undefined; ) {
          const { items, next }: Awaited<ReturnType<typeof page>> = await page(
            from,
            size,
            onlySettled ? 'SETTLED' : undefined,
          );
          expect(items.length).toBeLessThanOrEqual(size);
          expect(next ?? count).toBeGreaterThan(count === 0 ? -1 : from);
          seen.push(...lines(items));
          from = next;
        }
        const all = Array.from({ length: count }, (_, index) => index + 1);
        expect(seen).toEqual(onlySettled ? all.filter((line) => line % 7 === 0) : all);
      }),
      { seed, numRuns: 200 },
    );
  });
});
