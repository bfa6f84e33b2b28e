import { describe, expect, test } from 'vitest';
import { takeOppositePairs } from '../../../../functions/netting/payments/opposite-pairs.ts';
import { takeSmallGroups } from '../../../../functions/netting/payments/small-groups.ts';
import type { NetPosition } from '../../../../functions/netting/positions/position.ts';
import { positions } from '../samples.ts';

const told = (groups: readonly (readonly NetPosition[])[]) =>
  groups.map((group) => group.map(({ party }) => party).sort());

describe('the search for small groups', () => {
  test('takes three that add up to zero', () => {
    const { groups, rest } = takeSmallGroups(positions(100n, 7n, -30n, 5n, -70n));
    expect(told(groups)).toEqual([['A', 'C', 'E']]);
    expect(told([rest])).toEqual([['B', 'D']]);
  });

  test('takes four that add up to zero, whichever way round', () => {
    const { groups, rest } = takeSmallGroups(positions(100n, -30n, 3n, -60n, -10n));
    expect(told(groups)).toEqual([['A', 'B', 'D', 'E']]);
    expect(told([rest])).toEqual([['C']]);
    expect(told(takeSmallGroups(positions(100n, 10n, -45n, -65n)).groups)).toEqual([['A', 'B', 'C', 'D']]);
  });

  test('takes nobody twice', () => {
    // 10 is 3 and 7, or 4 and 6: only one of the two can have it.
    const { groups, rest } = takeSmallGroups(positions(10n, -3n, -7n, -4n, -6n));
    expect(told(groups)).toEqual([['A', 'B', 'C']]);
    expect(told([rest])).toEqual([['D', 'E']]);
  });

  test('is not taken in by sums whose last 32 bits are zero', () => {
    const off = 2n ** 32n;
    const open = [...positions(5n, 6n, off - 11n), ...positions(1n, 2n, 4n, 2n * off - 7n)];
    expect(takeSmallGroups(open)).toEqual({ groups: [], rest: open });
  });

  test('finds groups in each window of many', () => {
    const far = Array.from({ length: 700 }, (_, n) => BigInt(n + 1) * 1_000_003n);
    const open = far.flatMap((amount) => positions(amount, 2n * amount + 1n, -3n * amount - 1n));
    const { groups, rest } = takeSmallGroups(open);
    expect(groups.every((group) => group.reduce((sum, { net }) => sum + net, 0n) === 0n)).toBe(true);
    // A group that lies on the border of two windows may stay.
    expect(groups.length).toBeGreaterThanOrEqual(690);
    expect(groups.flat().length + rest.length).toBe(2_100);
  });
});

test('pairs are taken in the order of positions', () => {
  const { groups, rest } = takeOppositePairs(positions(5n, 5n, -5n, 7n, -5n, -8n));
  expect(told(groups)).toEqual([
    ['A', 'C'],
    ['B', 'E'],
  ]);
  expect(told([rest])).toEqual([['D', 'F']]);
});
