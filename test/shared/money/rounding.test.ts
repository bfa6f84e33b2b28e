import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  basisPointsFloor,
  basisPointsHalfUp,
  divideFloor,
  divideHalfUp,
  magnitude,
} from '../../../shared/money/rounding.ts';

const nonZero = fc.bigInt(-(10n ** 20n), 10n ** 20n).filter((value) => value !== 0n);
const any = fc.bigInt(-(10n ** 30n), 10n ** 30n);

describe('rounding half up by magnitude', () => {
  test.each([
    [5n, 2n, 3n],
    [-5n, 2n, -3n],
    [5n, -2n, -3n],
    [-5n, -2n, 3n],
    [15n, 10n, 2n],
    [25n, 10n, 3n],
    [24n, 10n, 2n],
    [-24n, 10n, -2n],
    [1n, 3n, 0n],
    [2n, 3n, 1n],
    [-1n, 3n, 0n],
    [0n, 7n, 0n],
    [10n, 5n, 2n],
  ])('%d divided by %d is %d', (numerator, denominator, quotient) => {
    expect(divideHalfUp(numerator, denominator)).toBe(quotient);
  });

  test('is never further than half from the exact quotient', () => {
    fc.assert(
      fc.property(any, nonZero, (numerator, denominator) => {
        const error = magnitude(numerator - divideHalfUp(numerator, denominator) * denominator);
        expect(2n * error <= magnitude(denominator)).toBe(true);
      }),
    );
  });

  test('treats a debit as the mirror of a credit', () => {
    fc.assert(
      fc.property(any, nonZero, (numerator, denominator) => {
        expect(divideHalfUp(-numerator, denominator)).toBe(-divideHalfUp(numerator, denominator));
      }),
    );
  });
});

describe('rounding down', () => {
  test.each([
    [5n, 2n, 2n],
    [-5n, 2n, -3n],
    [5n, -2n, -3n],
    [-5n, -2n, 2n],
    [-6n, 2n, -3n],
    [0n, 3n, 0n],
  ])('%d divided by %d is %d', (numerator, denominator, quotient) => {
    expect(divideFloor(numerator, denominator)).toBe(quotient);
  });
});

describe('rates in basis points', () => {
  test('a fee of 38 basis points on 100.00 is 0.38', () => {
    expect(basisPointsHalfUp(10_000n, 38n)).toBe(38n);
  });

  test('a fee of 0.625 fen is 1 fen, a split line of it none', () => {
    expect(basisPointsHalfUp(125n, 50n)).toBe(1n);
    expect(basisPointsFloor(125n, 50n)).toBe(0n);
  });

  test('dividing by zero is refused', () => {
    expect(() => divideHalfUp(1n, 0n)).toThrow(RangeError);
    expect(() => divideFloor(1n, 0n)).toThrow(RangeError);
  });
});
