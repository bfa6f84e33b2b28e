import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AmountError, formatAmount, parseAmount } from '../../../shared/money/amount.ts';
import { currencies, minorUnitDigits, UnknownCurrencyError } from '../../../shared/money/currency.ts';

describe('reading an amount', () => {
  test.each([
    ['1234.56', 'CNY', 123456n],
    ['0.05', 'CNY', 5n],
    ['5', 'CNY', 500n],
    ['5.1', 'CNY', 510n],
    ['-12.30', 'CNY', -1230n],
    ['-0', 'CNY', 0n],
    ['007.00', 'CNY', 700n],
    ['1500', 'JPY', 1500n],
    ['1.234', 'KWD', 1234n],
    ['1.2345', 'CLF', 12345n],
    ['999999999999999999.99', 'CNY', 99999999999999999999n],
  ])('%s %s is %d minor units', (text, currency, minor) => {
    expect(parseAmount(text, currency)).toBe(minor);
  });

  test.each([
    ['10.005', 'CNY'],
    ['10.000', 'CNY'],
    ['1500.0', 'JPY'],
    ['1.2345', 'KWD'],
    ['1.23456', 'CLF'],
  ])('refuses %s %s, which has more decimals than the currency, and never rounds', (text, currency) => {
    expect(faultOf(text, currency)).toBe('TOO_MANY_DECIMALS');
  });

  test.each([
    '',
    ' 1',
    '1 ',
    '+1',
    '--1',
    '-',
    '.',
    '.5',
    '5.',
    '1e3',
    '0x10',
    '1,000',
    '1_000',
    '1,5',
    '1.2.3',
    'NaN',
    'Infinity',
    '１',
    '١',
    '1\n',
    '−1',
  ])('refuses %j, which is not decimal text', (text) => {
    expect(faultOf(text, 'CNY')).toBe('NOT_DECIMAL');
  });

  test('refuses a nineteenth digit before the point', () => {
    expect(faultOf('1000000000000000000', 'JPY')).toBe('TOO_MANY_DIGITS');
  });

  test('refuses a text of a million digits without reading it', () => {
    expect(faultOf('9'.repeat(1_000_000), 'CNY')).toBe('TOO_MANY_DIGITS');
  });

  test('tells the caller how many decimals the currency has', () => {
    expect(() => parseAmount('10.005', 'CNY')).toThrow('10.005 has 3 decimals, CNY has 2; amounts are never rounded.');
  });

  test('refuses a currency that does not exist', () => {
    expect(() => parseAmount('1', 'ABC')).toThrow(UnknownCurrencyError);
  });
});

describe('writing an amount', () => {
  test.each([
    [0n, 'CNY', '0.00'],
    [5n, 'CNY', '0.05'],
    [-5n, 'CNY', '-0.05'],
    [-100n, 'CNY', '-1.00'],
    [123456n, 'CNY', '1234.56'],
    [1500n, 'JPY', '1500'],
    [-7n, 'JPY', '-7'],
    [7n, 'KWD', '0.007'],
    [12345n, 'UYW', '1.2345'],
    [10n ** 30n, 'CNY', '10000000000000000000000000000.00'],
  ])('%d minor units of %s are %s', (minor, currency, text) => {
    expect(formatAmount(minor, currency)).toBe(text);
  });
});

describe('for every currency', () => {
  const amount = fc.constantFrom(...currencies()).chain((currency) => {
    const max = 10n ** BigInt(18 + minorUnitDigits(currency)) - 1n;
    return fc.record({ currency: fc.constant(currency), minor: fc.bigInt(-max, max) });
  });

  test('an amount written and read again is the same', () => {
    fc.assert(
      fc.property(amount, ({ minor, currency }) => {
        expect(parseAmount(formatAmount(minor, currency), currency)).toBe(minor);
      }),
    );
  });

  test('one decimal more than the currency has is refused', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 9 }), ({ minor, currency }, digit) => {
        const text = formatAmount(minor, currency);
        expect(faultOf(text + (minorUnitDigits(currency) === 0 ? `.${digit}` : digit), currency)).toBe(
          'TOO_MANY_DECIMALS',
        );
      }),
    );
  });
});

function faultOf(text: string, currency: string): string {
  try {
    return `read as ${parseAmount(text, currency)}`;
  } catch (error) {
    return error instanceof AmountError ? error.reason : String(error);
  }
}
