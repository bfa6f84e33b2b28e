import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { subsetsOfSum } from '../../../../../functions/receivables/matching/sets/subsets-of-sum.ts';

/** Every subset, one after the other. */
function bruteForce(values: readonly bigint[], target: bigint): number[][] {
  const found: number[][] = [];
  for (let mask = 1; mask < 1 << values.length; mask += 1) {
    const places = values.flatMap((_, at) => ((mask >> at) & 1 ? [at] : []));
    if (places.reduce((total, at) => total + (values[at] ?? 0n), 0n) === target) found.push(places);
  }
  return found;
}

const inOrder = (subsets: number[][]) => subsets.map((places) => places.join()).sort();

describe('subsets of a sum', () => {
  test('are all that there are, as counted by brute force', () => {
    const values = fc.array(fc.bigInt(1n, 30n), { maxLength: 11 });
    fc.assert(
      fc.property(values, fc.bigInt(1n, 120n), (of, target) => {
        expect(inOrder(subsetsOfSum(of, target, Number.POSITIVE_INFINITY))).toEqual(inOrder(bruteForce(of, target)));
      }),
    );
  });

  test('are two where two are asked for and more are there', () => {
    expect(subsetsOfSum([5n, 5n, 5n, 5n], 10n, 2)).toHaveLength(2);
  });

  test('are none of nothing, and never the empty one', () => {
    expect(subsetsOfSum([], 5n, 2)).toEqual([]);
    expect(subsetsOfSum([1n, 2n], 0n, 2)).toEqual([]);
  });

  test('take amounts beyond what a float holds', () => {
    const large = 9_007_199_254_740_993n;
    expect(subsetsOfSum([large, 1n, large - 1n], large, 2)).toHaveLength(2);
    expect(subsetsOfSum([large, 2n], large + 1n, 2)).toEqual([]);
  });

  test('are refused above the bound', () => {
    expect(() =>
      subsetsOfSum(
        Array.from({ length: 25 }, () => 1n),
        3n,
        2,
      ),
    ).toThrow(RangeError);
  });
});
