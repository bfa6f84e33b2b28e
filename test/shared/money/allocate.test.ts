import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AllocationError, allocate } from '../../../shared/money/allocate.ts';
import { sum, sumByCurrency } from '../../../shared/money/sum.ts';

describe('allocating by largest remainder', () => {
  test.each([
    ['100 fen among three alike gives the odd fen to the first', 100n, [1n, 1n, 1n], [34n, 33n, 33n]],
    ['two odd fen go to the first two', 101n, [1n, 1n, 1n], [34n, 34n, 33n]],
    ['the larger remainder comes before the lower index', 10n, [1n, 2n], [3n, 7n]],
    ['equal remainders go to the lower index', 1n, [1n, 1n], [1n, 0n]],
    ['0.05 at 70 to 30 percent', 5n, [7_000n, 3_000n], [4n, 1n]],
    ['a weight of zero gets nothing', 7n, [0n, 1n, 0n, 1n], [0n, 4n, 0n, 3n]],
    ['a refund mirrors what was given', -100n, [1n, 1n, 1n], [-34n, -33n, -33n]],
    ['nothing is nothing for all', 0n, [1n, 2n], [0n, 0n]],
    ['fewer fen than takers', 2n, [1n, 1n, 1n, 1n], [1n, 1n, 0n, 0n]],
    ['one taker takes all', 12345n, [9n], [12345n]],
    // Published example of the Hare quota: votes 47, 16, 15.8, 12, 6.1, 3.1 thousand for 10 seats.
    ['seats by the Hare quota', 10n, [47_000n, 16_000n, 15_800n, 12_000n, 6_100n, 3_100n], [5n, 2n, 1n, 1n, 1n, 0n]],
  ])('%s', (_, total, weights, shares) => {
    expect(allocate(total, weights)).toEqual(shares);
  });

  test.each([
    ['no weights', []],
    ['only zeros', [0n, 0n]],
    ['a negative weight', [2n, -1n]],
    ['weights that cancel out', [1n, -1n]],
  ])('refuses %s', (_, weights) => {
    expect(() => allocate(100n, weights)).toThrow(AllocationError);
  });

  const weights = fc
    .array(fc.bigInt(0n, 10n ** 12n), { minLength: 1, maxLength: 40 })
    .filter((all) => all.some((one) => one > 0n));
  const total = fc.bigInt(-(10n ** 20n), 10n ** 20n);

  test('shares always add up to the total', () => {
    fc.assert(
      fc.property(total, weights, (whole, by) => {
        expect(sum(allocate(whole, by))).toBe(whole);
      }),
    );
  });

  test('each share is its exact part rounded up or down, never by a whole unit', () => {
    fc.assert(
      fc.property(total, weights, (whole, by) => {
        const all = sum(by);
        for (const [index, share] of allocate(whole, by).entries()) {
          const off = share * all - whole * (by[index] ?? 0n);
          expect(-all < off && off < all).toBe(true);
        }
      }),
    );
  });

  test('a negative total gives back exactly what the positive gave', () => {
    fc.assert(
      fc.property(total, weights, (whole, by) => {
        expect(allocate(-whole, by)).toEqual(allocate(whole, by).map((share) => -share));
      }),
    );
  });

  test('weights scaled by the same factor allocate the same', () => {
    fc.assert(
      fc.property(total, weights, fc.bigInt(1n, 1000n), (whole, by, factor) => {
        expect(
          allocate(
            whole,
            by.map((one) => one * factor),
          ),
        ).toEqual(allocate(whole, by));
      }),
    );
  });
});

describe('sums', () => {
  test('of nothing is zero', () => {
    expect(sum([])).toBe(0n);
  });

  test('are kept apart by currency, and one that cancels out stays as zero', () => {
    const sums = sumByCurrency([
      { minor: 100n, currency: 'CNY' },
      { minor: 7n, currency: 'USD' },
      { minor: -100n, currency: 'CNY' },
      { minor: 1n, currency: 'USD' },
    ]);
    expect([...sums]).toEqual([
      ['CNY', 0n],
      ['USD', 8n],
    ]);
  });
});
