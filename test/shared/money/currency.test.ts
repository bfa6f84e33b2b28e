import { describe, expect, test } from 'vitest';
import { currencies, isCurrency, minorUnitDigits, UnknownCurrencyError } from '../../../shared/money/currency.ts';

describe('currencies of ISO 4217', () => {
  test.each([
    ['CNY', 2],
    ['USD', 2],
    ['EUR', 2],
    ['HKD', 2],
    ['JPY', 0],
    ['KRW', 0],
    ['VND', 0],
    ['ISK', 0],
    ['UGX', 0],
    ['XOF', 0],
    ['HUF', 2],
    ['IDR', 2],
    ['TWD', 2],
    ['MGA', 2],
    ['BHD', 3],
    ['IQD', 3],
    ['JOD', 3],
    ['KWD', 3],
    ['LYD', 3],
    ['OMR', 3],
    ['TND', 3],
    ['CLF', 4],
    ['UYW', 4],
  ])('%s has %d decimals', (code, digits) => {
    expect(minorUnitDigits(code)).toBe(digits);
  });

  // List one of 2024-06-25: 179 codes, 13 without minor unit; since then BGN, CUC and ANG left, XAD and XCG came.
  test('are 165 with a minor unit, each listed once', () => {
    expect(currencies()).toHaveLength(165);
    expect(new Set(currencies()).size).toBe(165);
    expect(currencies().every((code) => /^[A-Z]{3}$/.test(code))).toBe(true);
  });

  test.each(['XCG', 'ZWG', 'SLE', 'VED', 'XAD'])('include %s of the latest amendments', (code) => {
    expect(isCurrency(code)).toBe(true);
  });

  test.each(['HRK', 'BGN', 'ANG', 'ZWL'])('no longer include %s, though its old statements can be read', (code) => {
    expect(isCurrency(code)).toBe(false);
    expect(minorUnitDigits(code)).toBe(2);
  });

  test.each(['XAU', 'XDR', 'XXX', 'XTS', 'RMB', 'CNH', 'cny', 'CN', '', 'toString', '__proto__'])(
    'do not include %j',
    (code) => {
      expect(isCurrency(code)).toBe(false);
      expect(() => minorUnitDigits(code)).toThrow(UnknownCurrencyError);
    },
  );
});
