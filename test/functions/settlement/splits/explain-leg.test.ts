import { describe, expect, test } from 'vitest';
import { explainLeg } from '../../../../functions/settlement/splits/explain-leg.ts';
import type { SplitAmounts } from '../../../../functions/settlement/splits/split.ts';
import type { SplitTerms } from '../../../../functions/settlement/splits/split-rule.ts';
import { fen, fixed, line, paid, ratio, remainder, splitOf, terms, tiers, weight } from './samples.ts';

function textsOf(by: SplitTerms, amounts: SplitAmounts, currency = 'CNY'): string[] {
  const split = splitOf(by, amounts);
  return split.legs.map((leg) => explainLeg(leg, { split, terms: by, currency }));
}

describe('a leg says how it came about', () => {
  test('by a ratio, and what the merchant is left', () => {
    expect(textsOf(terms([line(1, 'a', ratio(60))]), paid('100.00', '0.38'))).toEqual([
      '比例 0.60 % of 100.00',
      '商户 merchant’s rest of 100.00 after 0.60, 手续费 fee 0.38',
    ]);
  });

  test('fixed, and the remainder', () => {
    const lines = [line(1, 'a', fixed('20.00')), line(2, 'b', fixed('5.00')), line(3, 'c', remainder)];
    expect(textsOf(terms(lines), paid('100.00', '0.38'))).toEqual([
      '定额 fixed 20.00',
      '定额 fixed 5.00',
      '余额 remainder of 100.00 after 20.00 + 5.00, 手续费 fee 0.38',
    ]);
  });

  test('by a weight, of what the fixed lines leave', () => {
    const lines = [line(1, 'a', fixed('20.00')), line(2, 'b', weight(1)), line(3, 'c', weight(3))];
    expect(textsOf(terms(lines, { feeBearer: { kind: 'LINE', sequence: 3 } }), paid('100.00', '0.38'))).toEqual([
      '定额 fixed 20.00',
      '权重 1/4 of 80.00',
      '权重 3/4 of 80.00, 手续费 fee 0.38',
    ]);
  });

  test('by tiers, part by part or by the one that was reached', () => {
    const by = (apply: 'MARGINAL' | 'WHOLE') =>
      terms([line(1, 'a', tiers(apply, ['0', 500], ['1000', 300])), line(2, 'b', remainder)]);
    expect(textsOf(by('MARGINAL'), paid('1500.00'))).toEqual([
      '阶梯 5.00 % of 1000.00 + 3.00 % of 500.00',
      '余额 remainder of 1500.00 after 65.00',
    ]);
    expect(textsOf(by('WHOLE'), paid('1500.00'))[0]).toBe('阶梯 3.00 % of 1500.00');
  });

  test('cut by a cap or lifted by a floor, and who gave it', () => {
    const lines = [line(1, 'own', ratio(8_000)), line(2, 'a', ratio(500), { floor: fen('1.00') })];
    const capped = line(3, 'b', ratio(1_500), { cap: fen('1.00') });
    expect(textsOf(terms([...lines, capped]), paid('10.00', '0.06'))).toEqual([
      '比例 80.00 % of 10.00, 手续费 fee 0.06',
      '比例 5.00 % of 10.00, 保底 floor 1.00',
      '比例 15.00 % of 10.00, 封顶 cap 1.00',
    ]);
    expect(textsOf(terms(lines), paid('4.00'))[0]).toBe('比例 80.00 % of 4.00, 余额 rest -0.20');
    expect(textsOf(terms(lines), paid('20.00'))[0]).toBe('比例 80.00 % of 20.00, 余额 rest 3.00');
  });

  test('though the fee took up the share of another whole', () => {
    const lines = [line(1, 'a', ratio(38)), line(2, 'b', remainder)];
    expect(textsOf(terms(lines, { feeBearer: { kind: 'LINE', sequence: 1 } }), paid('100.00', '0.38'))).toEqual([
      '余额 remainder of 100.00 after 0.38',
    ]);
  });

  test('with five others told one by one, and more as their sum', () => {
    const shares = (count: number) => [
      ...Array.from({ length: count }, (_, index) => line(index + 1, `r${index}`, fixed('1.00'))),
      line(60, 'rest', remainder),
    ];
    expect(textsOf(terms(shares(5)), paid('10.00')).at(-1)).toBe(
      '余额 remainder of 10.00 after 1.00 + 1.00 + 1.00 + 1.00 + 1.00',
    );
    expect(textsOf(terms(shares(6)), paid('10.00')).at(-1)).toBe('余额 remainder of 10.00 after 6 shares of 6.00');
    const steps = Array.from({ length: 6 }, (_, n) => [`${n}.00`, 100] as const);
    expect(textsOf(terms([line(1, 'a', tiers('MARGINAL', ...steps))]), paid('10.00'))[0]).toBe('阶梯 6 tiers of 10.00');
  });

  test('alone', () => {
    expect(textsOf(terms([line(1, 'own', remainder)]), paid('10.00'))).toEqual(['余额 remainder of 10.00']);
  });

  test('in the decimals of the currency', () => {
    const amounts = { order: 1_000n, paid: 1_000n, fee: 0n };
    expect(textsOf(terms([line(1, 'a', ratio(60))]), amounts, 'JPY')[0]).toBe('比例 0.60 % of 1000');
  });
});
