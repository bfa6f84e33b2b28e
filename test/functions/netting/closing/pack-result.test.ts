import { describe, expect, it } from 'vitest';
import type { CycleFigures } from '../../../../functions/netting/closing/closing.ts';
import { describeResult, packResult } from '../../../../functions/netting/closing/pack-result.ts';
import { noRows, type RowOf } from '../../../../functions/netting/report/rows.ts';
import { unpackBlock } from '../../../../shared/dynamo/record-blocks.ts';

const figures: CycleFigures = {
  ...{ centreVersion: 1, obligations: 1, carriedIn: 0, moved: 0, parties: 2 },
  ...{ rates: [], residue: 0n, savings: [], fewest: [] },
};
const positions = (count: number): RowOf['POSITIONS'][] =>
  Array.from({ length: count }, (_, n) => [`P${n}`, 'CNY', BigInt(n), 0n, BigInt(-n), null]);
const digestOf = (rows: RowOf['POSITIONS'][], head = figures) =>
  describeResult(head, { ...noRows, POSITIONS: rows }).digest;

describe('the result of a cycle', () => {
  it('comes back row by row out of its blocks', () => {
    const rows = { ...noRows, POSITIONS: positions(2_500), MOVED: [['R-1', 'DISPUTED']] as RowOf['MOVED'][] };
    const blocks = [...packResult(figures, rows)];
    expect(blocks.map(({ section, place }) => [section, place])).toEqual([
      ['POSITIONS', 0],
      ['POSITIONS', 1],
      ['POSITIONS', 2],
      ['MOVED', 0],
    ]);
    const back = blocks.map(({ content }) => unpackBlock<unknown>({ ...content }));
    expect(back.slice(0, 3).flat()).toEqual(rows.POSITIONS);
    expect(back[3]).toEqual(rows.MOVED);
    expect(describeResult(figures, rows)).toMatchObject({
      rows: { POSITIONS: 2_500, MOVED: 1, LEGS: 0 },
      blocks: { POSITIONS: 3, MOVED: 1, LEGS: 0 },
    });
  });

  it('has the same digest for the same figures and rows, and another for any other', () => {
    const rows = positions(3);
    const [first, second, third] = rows as [RowOf['POSITIONS'], RowOf['POSITIONS'], RowOf['POSITIONS']];
    const others = [
      digestOf([second, first, third]),
      digestOf([first, second]),
      digestOf([first, second, ['P2', 'CNY', 2n, 0n, -3n, null]]),
      digestOf([first, second, ['P2', 'EUR', 2n, 0n, -2n, null]]),
      digestOf(rows, { ...figures, centreVersion: 2 }),
    ];
    expect(digestOf(positions(3))).toBe(digestOf(rows));
    expect(new Set([digestOf(rows), ...others]).size).toBe(6);
  });
});
