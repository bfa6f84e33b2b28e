import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LinePlace, listLines } from '../../../../functions/netting/resolutions/list-lines.ts';
import type { Resolution, StoredList } from '../../../../functions/netting/resolutions/resolution.ts';
import {
  packSetLine,
  packWaiting,
  type SetLine,
  type WaitingLine,
} from '../../../../functions/netting/resolutions/resolution-lines.ts';
import { aResolution } from '../queue-samples.ts';

const entry = (reference: string) => ({ gate: 1, number: 2, reference, payer: 'A', payee: 'B', amount: 3n });
const settled = (reference: string): SetLine => ({ ...entry(reference), set: 4, kind: 'MULTILATERAL' });
const waiting = (reference: string): WaitingLine => ({
  ...entry(reference),
  reasons: [
    { code: 'SHORT_OF_FUNDS', missing: 5n },
    { code: 'BEHIND', payment: 'qpm_1' },
  ],
});

/** A resolution with lists in blocks of such sizes, and what reads them. */
function kept(settledBlocks: readonly (readonly number[])[], waitingBlocks: readonly number[]) {
  const blocks = new Map<string, readonly unknown[]>();
  let lines = 0;
  const keep = (name: string, sizes: readonly number[], pack: (reference: string) => unknown): StoredList => {
    for (const [place, size] of sizes.entries()) {
      blocks.set(
        `${name} ${place}`,
        Array.from({ length: size }, () => pack(`P-${lines++}`)),
      );
    }
    return { name, blocks: sizes.length };
  };
  const resolution: Resolution = aResolution({
    settled: settledBlocks.map((sizes, n) => keep(`s${n}`, sizes, (reference) => packSetLine(settled(reference)))),
    waiting: keep('w', waitingBlocks, (reference) => packWaiting(waiting(reference))),
  });
  const readList = async (_tenant: string, _id: string, { name }: StoredList, from = 0) => [
    ...(blocks.get(`${name} ${from}`) ?? []),
  ];
  return { resolution, store: { readList }, lines };
}

describe('the payments of a resolution', () => {
  it('are read page by page, each once, whatever the sizes of blocks and pages', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(sizes, { maxLength: 3 }),
        sizes,
        fc.integer({ min: 1, max: 7 }),
        async (one, other, count) => {
          const { resolution, store, lines } = kept(one, other);
          const found: string[] = [];
          let from: LinePlace | undefined = { list: 0, block: 0, skip: 0 };
          while (from) {
            const page: Awaited<ReturnType<typeof listLines>> = await listLines(
              store,
              resolution,
              undefined,
              from,
              count,
            );
            expect(page.lines.length).toBe(Math.min(count, lines - found.length));
            found.push(...page.lines.map(({ reference }) => reference));
            from = page.next;
          }
          expect(found).toEqual(Array.from({ length: lines }, (_, n) => `P-${n}`));
        },
      ),
    );
  });

  it('are those that settled or those that wait, as they were kept', async () => {
    const { resolution, store } = kept([[1], [1]], [1]);
    const start = { list: 0, block: 0, skip: 0 };
    expect((await listLines(store, resolution, 'SETTLED', start, 9)).lines).toEqual([settled('P-0'), settled('P-1')]);
    expect((await listLines(store, resolution, 'WAITING', start, 9)).lines).toEqual([waiting('P-2')]);
    const { waiting: _, ...underWay } = resolution;
    expect((await listLines(store, underWay, undefined, start, 9)).lines).toHaveLength(2);
  });
});
