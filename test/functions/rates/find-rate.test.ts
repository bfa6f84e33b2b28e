import { describe, expect, it } from 'vitest';
import { findRate } from '../../../functions/rates/find-rate.ts';
import type { Rate } from '../../../functions/rates/rate-set.ts';

/** 'USD/CNY 7.10' */
function rates(...lines: string[]): Rate[] {
  return lines.map((line) => ({ base: line.slice(0, 3), quote: line.slice(4, 7), rate: line.slice(8) }));
}

/** Whether base/quote is found as `top`/`bottom`, in whatever terms. */
function isFound(of: readonly Rate[], base: string, quote: string, [top, bottom]: readonly [bigint, bigint]): boolean {
  const found = findRate(of, base, quote);
  return found !== undefined && found.numerator * bottom === top * found.denominator;
}

describe('a rate between two currencies', () => {
  it.each([
    ['is the pair itself', ['USD/CNY 7.1234'], 'USD', 'CNY', [71234n, 10000n]],
    ['is the inverse of the pair the other way', ['USD/CNY 8'], 'CNY', 'USD', [1n, 8n]],
    ['prefers the pair to its inverse', ['CNY/USD 0.2', 'USD/CNY 7.1'], 'USD', 'CNY', [71n, 10n]],
    ['prefers the pair to a cross', ['EUR/CNY 8', 'EUR/USD 1.25', 'USD/CNY 7.1'], 'USD', 'CNY', [71n, 10n]],
    ['prefers the inverse to a cross', ['EUR/CNY 8', 'EUR/USD 1.25', 'CNY/USD 0.125'], 'USD', 'CNY', [8n, 1n]],
    ['crosses pair and pair: 1.08 × 150 = 162', ['EUR/USD 1.08', 'USD/JPY 150'], 'EUR', 'JPY', [162n, 1n]],
    ['crosses inverse and pair: 8 ÷ 1.25 = 6.4', ['EUR/CNY 8', 'EUR/USD 1.25'], 'USD', 'CNY', [64n, 10n]],
    ['crosses pair and inverse: 0.5 ÷ 0.08 = 6.25', ['AUD/USD 0.5', 'CNY/USD 0.08'], 'AUD', 'CNY', [625n, 100n]],
    ['crosses inverse and inverse: 1 ÷ 4 ÷ 5 = 0.05', ['USD/AUD 4', 'CNY/USD 5'], 'AUD', 'CNY', [5n, 100n]],
    [
      'crosses through EUR rather than HKD, whatever stands first',
      ['HKD/CNY 0.9', 'USD/HKD 7.8', 'EUR/CNY 8', 'EUR/USD 1.25'],
      'USD',
      'CNY',
      [64n, 10n],
    ],
    [
      'passes over AUD, which only one of them has',
      ['AUD/USD 0.65', 'EUR/CNY 8', 'EUR/USD 1.25'],
      'USD',
      'CNY',
      [64n, 10n],
    ],
  ] as const)('%s', (_, lines, base, quote, expected) => {
    expect(isFound(rates(...lines), base, quote, expected)).toBe(true);
  });

  it('stays exact where decimals would not: the inverse of 3 is a third', () => {
    const set = rates('USD/CNY 3');
    const there = findRate(set, 'CNY', 'USD');
    expect(there).toEqual({ numerator: 1n, denominator: 3n });
  });

  it.each([
    ['one of them is not in the set', ['USD/CNY 7.1'], 'USD', 'EUR'],
    ['only two thirds lie between them', ['USD/EUR 0.9', 'EUR/GBP 0.8', 'GBP/CNY 9'], 'USD', 'CNY'],
    ['the set is of others', ['AUD/NZD 1.1'], 'USD', 'CNY'],
  ] as const)('is not found where %s', (_, lines, base, quote) => {
    expect(findRate(rates(...lines), base, quote)).toBeUndefined();
  });
});
