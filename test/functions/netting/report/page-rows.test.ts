import { describe, expect, it } from 'vitest';
import { pageRows, type RowPlace, type RowSource } from '../../../../functions/netting/report/page-rows.ts';
import { noRows, type RowOf, type Section } from '../../../../functions/netting/report/rows.ts';

const move = (n: number): RowOf['MOVED'] => [`R-${n}`, 'DISPUTED'];
const leg = (n: number): RowOf['LEGS'] => ['DIRECT', 'A', 'B', 'CNY', BigInt(n)];
const blocks: Record<string, readonly (readonly unknown[])[]> = {
  LEGS: [[leg(1), leg(2)], [leg(3)]],
  MOVED: [[move(1)], [move(2), move(3)]],
};
const counts = Object.fromEntries(Object.keys(noRows).map((section) => [section, blocks[section]?.length ?? 0]));
const source: RowSource = {
  blocks: counts as Record<Section, number>,
  read: async (section, block) => (blocks[section]?.[block] ?? []) as never,
};

/** All pages, each as the rows of it. */
async function pages(count: number, only?: Section) {
  const found: unknown[][] = [];
  let from: RowPlace | undefined;
  do {
    const { page, next } = await pageRows(source, { from, count, ...(only && { only }) });
    found.push([...page.LEGS.map(([, , , , amount]) => Number(amount)), ...page.MOVED.map(([reference]) => reference)]);
    from = next;
  } while (from);
  return found;
}

describe('the pages of a report', () => {
  it.each([
    [1, [[1], [2], [3], ['R-1'], ['R-2'], ['R-3']]],
    [
      2,
      [
        [1, 2],
        [3, 'R-1'],
        ['R-2', 'R-3'],
      ],
    ],
    [
      4,
      [
        [1, 2, 3, 'R-1'],
        ['R-2', 'R-3'],
      ],
    ],
    [6, [[1, 2, 3, 'R-1', 'R-2', 'R-3']]],
    [100, [[1, 2, 3, 'R-1', 'R-2', 'R-3']]],
  ])('of %i rows have each row once, across kinds and blocks, and none is empty', async (count, expected) => {
    expect(await pages(count)).toEqual(expected);
  });

  it('are of one kind alone where it is asked for', async () => {
    expect(await pages(2, 'MOVED')).toEqual([['R-1', 'R-2'], ['R-3']]);
    expect(await pages(2, 'CARRIED')).toEqual([[]]);
  });

  it('go on behind the page of a dry run, which counts from the first row', async () => {
    const { page } = await pageRows(source, { from: { section: 'MOVED', block: 0, skip: 2 }, count: 10 });
    expect(page.MOVED).toEqual([move(3)]);
  });
});
