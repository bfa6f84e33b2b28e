import { describe, expect, it } from 'vitest';
import { isZeroRate, normaliseRate, ratePattern, ratioOf } from '../../../functions/rates/rate-text.ts';

describe('the text of a rate', () => {
  it.each([
    ['7.1234', '7.1234'],
    ['7.1230', '7.123'],
    ['07.10', '7.1'],
    ['7.000', '7'],
    ['100', '100'],
    ['0.010', '0.01'],
    ['999999999999.999999999999', '999999999999.999999999999'],
  ])('%s is kept as %s', (text, shortest) => {
    expect(normaliseRate(text)).toBe(shortest);
  });

  it.each([
    ['7.1234', 71234n, 10000n],
    ['0.000000000001', 1n, 1_000_000_000_000n],
    ['150', 150n, 1n],
    ['999999999999.999999999999', 999_999_999_999_999_999_999_999n, 1_000_000_000_000n],
  ])('%s is exactly %d / %d', (text, numerator, denominator) => {
    expect(ratioOf(text)).toEqual({ numerator, denominator });
  });

  it.each(['', '.5', '5.', '+1', '-1', '1e3', '1,5', '1 ', '１', '1234567890123', '0.1234567890123', '1\n'])(
    'is not %j',
    (text) => {
      expect(ratePattern.test(text)).toBe(false);
    },
  );

  it('tells zero in each of its forms', () => {
    expect(['0', '0.0', '000.000000000000', '0.000000000001'].map(isZeroRate)).toEqual([true, true, true, false]);
  });
});
