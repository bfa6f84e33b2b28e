import { describe, expect, test } from 'vitest';
import { ControlSum, sameNumber } from '../../../../shared/formats/pain/control-sum.ts';
import { currencies, minorUnitDigits } from '../../../../shared/money/currency.ts';

function sumOf(...amounts: readonly (readonly [bigint, string])[]): string {
  const sum = new ControlSum();
  for (const [minor, currency] of amounts) sum.add(minor, currency);
  return sum.text;
}

describe('a control sum', () => {
  test('has the decimals of its currency', () => {
    expect(sumOf([100n, 'CNY'], [5n, 'CNY'])).toBe('1.05');
    expect(sumOf([100n, 'JPY'], [5n, 'JPY'])).toBe('105');
    expect(sumOf([1_000n, 'KWD'], [5n, 'KWD'])).toBe('1.005');
    expect(sumOf([12_345n, 'CLF'])).toBe('1.2345');
  });

  test('adds figures of different currencies as figures: 100 JPY and 1.234 KWD are 101.234', () => {
    expect(sumOf([100n, 'JPY'], [1_234n, 'KWD'])).toBe('101.234');
  });

  test('stays exact where a double does not', () => {
    expect(sumOf([9_007_199_254_740_993n, 'CNY'], [1n, 'CNY'])).toBe('90071992547409.94');
    expect(sumOf([10n, 'CNY'], [20n, 'CNY'])).toBe('0.30');
  });

  test('is too long beyond 18 digits', () => {
    const sum = new ControlSum();
    sum.add(999_999_999_999_999_999n, 'CNY');
    expect(sum.tooLong).toBe(false);
    sum.add(1n, 'CNY');
    expect(sum.tooLong).toBe(true);
  });

  test('can be made of every currency there is', () => {
    for (const currency of currencies()) {
      const digits = minorUnitDigits(currency);
      expect(sumOf([1n, currency])).toBe(digits === 0 ? '1' : `0.${'1'.padStart(digits, '0')}`);
    }
  });
});

describe('the same number', () => {
  test.each([
    ['12.5', '12.50'],
    ['012.500', '12.5'],
    ['+7', '7.00'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['0', '0.00'],
  ])('%s is %s', (one, other) => {
    expect(sameNumber(one, other)).toBe(true);
  });

  test('12.5 is not 12.05, and -1 is no control sum', () => {
    expect(sameNumber('12.5', '12.05')).toBe(false);
    expect(sameNumber('-1', '1')).toBeUndefined();
    expect(sameNumber('1e3', '1000')).toBeUndefined();
    expect(sameNumber('.', '0')).toBeUndefined();
  });

  test('is found in linear time', () => {
    expect(sameNumber(`1.${'0'.repeat(200_000)}1`, '1')).toBe(false);
  });
});
