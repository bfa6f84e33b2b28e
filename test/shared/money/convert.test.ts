import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { convertMinor } from '../../../shared/money/convert.ts';
import { UnknownCurrencyError } from '../../../shared/money/currency.ts';
import { magnitude } from '../../../shared/money/rounding.ts';

/** 10 to the power of the minor-unit digits, as ISO 4217 lists them. */
const units = { CNY: 100n, USD: 100n, JPY: 1n, KWD: 1_000n, CLF: 10_000n } as const;
const currency = fc.constantFrom(...(Object.keys(units) as (keyof typeof units)[]));

describe('a conversion', () => {
  test.each([
    ['100.00 USD at 7.1234 are 712.34 CNY', 100_00n, [71234n, 10000n], 'USD', 'CNY', 712_34n],
    ['1.00 USD at 149.505 are 150 JPY, which have no decimals', 1_00n, [149505n, 1000n], 'USD', 'JPY', 150n],
    ['0.01 USD at 149.505 are 1 JPY', 1n, [149505n, 1000n], 'USD', 'JPY', 1n],
    ['1000 JPY at the inverse of 149.505 are 6.69 USD', 1000n, [1000n, 149505n], 'JPY', 'USD', 6_69n],
    ['1.234 KWD at 3.25 are 4.01 USD', 1_234n, [325n, 100n], 'KWD', 'USD', 4_01n],
    ['10.01 USD at 0.3077 are 3.080 KWD, which have three decimals', 10_01n, [3077n, 10000n], 'USD', 'KWD', 3_080n],
    ['1500 JPY at 0.0021 are 3.150 KWD', 1500n, [21n, 10000n], 'JPY', 'KWD', 3_150n],
    ['1.001 KWD at 485.5 are 486 JPY', 1_001n, [4855n, 10n], 'KWD', 'JPY', 486n],
    ['0.001 KWD at 485.5 are no JPY', 1n, [4855n, 10n], 'KWD', 'JPY', 0n],
    ['0.0001 CLF at 39000 are 4 CLP', 1n, [39000n, 1n], 'CLF', 'CLP', 4n],
    ['nothing stays nothing', 0n, [71234n, 10000n], 'USD', 'CNY', 0n],
  ] as const)('%s', (_, minor, [numerator, denominator], base, quote, expected) => {
    expect(convertMinor(minor, { numerator, denominator }, base, quote)).toBe(expected);
  });

  test('rounds a half up by magnitude: 0.005 to 0.01 and −0.005 to −0.01', () => {
    const half = { numerator: 1n, denominator: 2n };
    expect(convertMinor(1n, half, 'USD', 'CNY')).toBe(1n);
    expect(convertMinor(-1n, half, 'USD', 'CNY')).toBe(-1n);
  });

  test('of 22 digits loses none', () => {
    const rate = { numerator: 1_000000000001n, denominator: 1_000000000000n };
    expect(convertMinor(1_000_000_000_000_000_000_000n, rate, 'USD', 'CNY')).toBe(1_000_000_000_001_000_000_000n);
  });

  test('is never further than half a minor unit from the exact value, and mirrors the sign', () => {
    const any = fc.bigInt(-(10n ** 22n), 10n ** 22n);
    const positive = fc.bigInt(1n, 10n ** 24n);
    fc.assert(
      fc.property(any, positive, positive, currency, currency, (minor, numerator, denominator, base, quote) => {
        const converted = convertMinor(minor, { numerator, denominator }, base, quote);
        const divisor = denominator * units[base];
        const error = magnitude(converted * divisor - minor * numerator * units[quote]);
        expect(2n * error <= divisor).toBe(true);
        expect(convertMinor(-minor, { numerator, denominator }, base, quote)).toBe(-converted);
      }),
    );
  });

  test('to a currency that does not exist is refused, and so is a rate over zero', () => {
    const one = { numerator: 1n, denominator: 1n };
    expect(() => convertMinor(1n, one, 'USD', 'ZZZ')).toThrow(UnknownCurrencyError);
    expect(() => convertMinor(1n, { ...one, denominator: 0n }, 'USD', 'CNY')).toThrow(RangeError);
  });
});
