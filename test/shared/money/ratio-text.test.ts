import { describe, expect, it } from 'vitest';
import { ratioText } from '../../../shared/money/ratio-text.ts';

describe('a ratio as text', () => {
  it.each<[bigint, bigint, string]>([
    [78_105n, 10_000n, '7.8105'],
    [7n, 1n, '7'],
    [5n, 1_000n, '0.005'],
    [1n, 3n, '1/3'],
    [10_000n, 78_105n, '10000/78105'],
  ])('%s to %s is %s', (numerator, denominator, text) => {
    expect(ratioText(numerator, denominator)).toBe(text);
  });
});
