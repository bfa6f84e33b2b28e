import { describe, expect, test } from 'vitest';
import {
  faultOf,
  fen,
  fixed,
  line,
  paid,
  payouts,
  ratio,
  remainder,
  splitOf,
  terms,
  tiers,
  weight,
} from './samples.ts';

describe('tiers 5 % up to 1,000.00, 3 % up to 5,000.00, 1 % above', () => {
  const steps = [
    ['0', 500],
    ['1000', 300],
    ['5000', 100],
  ] as const;
  const shareOf = (apply: 'MARGINAL' | 'WHOLE', yuan: string) =>
    splitOf(terms([line(1, 'a', tiers(apply, ...steps)), line(2, 'b', remainder)]), paid(yuan)).legs[0]?.amount;

  test.each([
    ['999.99', '49.99', '49.99', 'within the first: 49.9995'],
    ['1,000.00', '50.00', '30.00', 'exactly at the border the second tier is reached, by nothing'],
    ['1,000.01', '50.00', '30.00', '0.0003 more'],
    ['1,001.00', '50.03', '30.03', 'one yuan at 3 %'],
    ['4,999.99', '169.99', '149.99', '50.00 and 3 % of 3,999.99'],
    ['5,000.00', '170.00', '50.00', '50.00 and 120.00'],
    ['8,000.00', '200.00', '80.00', '50.00, 120.00 and 30.00'],
  ])('of %s are %s by the part in each, %s by the whole: %s', (yuan, marginal, whole) => {
    expect([shareOf('MARGINAL', yuan), shareOf('WHOLE', yuan)]).toEqual([fen(marginal), fen(whole)]);
  });

  test('go by what the fixed lines leave', () => {
    const by = terms([line(1, 'a', fixed('20.00')), line(2, 'b', tiers('WHOLE', ...steps)), line(3, 'c', remainder)]);
    expect(payouts(by, paid('1,019.99'))).toEqual(['1 a 20.00', '2 b 49.99', '3 c 950.00']);
    expect(payouts(by, paid('1,020.00'))).toEqual(['1 a 20.00', '2 b 30.00', '3 c 970.00']);
  });

  test('that make 100 % with other lines at a height are rounded there by largest remainder, elsewhere floored', () => {
    const by = terms([line(1, 'a', tiers('WHOLE', ['0', 3_333], ['1', 3_000])), line(2, 'b', ratio(6_667))]);
    // 0.10: 3.333 and 6.667 fen; 1.01: 30.3 and 67.3367.
    expect(payouts(by, paid('0.10'))).toEqual(['1 a 0.03', '2 b 0.07']);
    expect(payouts(by, paid('1.01'))).toEqual(['1 a 0.30', '2 b 0.67', '3 own 0.04']);
  });
});

describe('a cap', () => {
  test('cuts what is above it for the remainder', () => {
    const by = terms([line(1, 'a', ratio(1_000), { cap: fen('5.00') }), line(2, 'b', remainder)]);
    expect(payouts(by, paid('50.00'))).toEqual(['1 a 5.00', '2 b 45.00']);
    expect(payouts(by, paid('50.10'))).toEqual(['1 a 5.00', '2 b 45.10']);
    expect(splitOf(by, paid('50.00')).legs[0]).not.toHaveProperty('bound');
    expect(splitOf(by, paid('50.10')).legs[0]).toMatchObject({ amount: 500n, bound: 'CAP' });
  });

  test('of lines that add up to 100 % leaves the others as they are, and the merchant the rest', () => {
    const by = terms([
      line(1, 'a', weight(1), { cap: fen('10.00') }),
      line(2, 'b', weight(1)),
      line(3, 'c', weight(1)),
    ]);
    expect(payouts(by, paid('100.00'))).toEqual(['1 a 10.00', '2 b 33.33', '3 c 33.33', '4 own 23.34']);
  });

  test('of the remainder leaves the merchant the rest', () => {
    const by = terms([line(1, 'a', fixed('20.00')), line(2, 'b', remainder, { cap: fen('50.00') })]);
    expect(payouts(by, paid('70.00'))).toEqual(['1 a 20.00', '2 b 50.00']);
    expect(payouts(by, paid('70.01'))).toEqual(['1 a 20.00', '2 b 50.00', '3 own 0.01']);
  });

  test('makes room for ratios of ORDER where less was paid', () => {
    const by = terms([line(1, 'a', ratio(10_000), { cap: fen('60.00') })], { base: 'ORDER' });
    expect(payouts(by, { order: fen('100.00'), paid: fen('80.00'), fee: 0n })).toEqual(['1 a 60.00', '2 own 20.00']);
  });
});

describe('a floor', () => {
  const commission = line(2, 'platform', ratio(500), { floor: fen('1.00') });

  test('lifts a line at the cost of the remainder', () => {
    const by = terms([line(1, 'a', ratio(5_000)), commission, line(3, 'b', remainder)]);
    expect(payouts(by, paid('10.00'))).toEqual(['1 a 5.00', '2 platform 1.00', '3 b 4.00']);
    expect(splitOf(by, paid('10.00')).legs[1]).toMatchObject({ bound: 'FLOOR' });
    expect(splitOf(by, paid('20.00')).legs[1]).not.toHaveProperty('bound');
  });

  test('down to nothing, and one fen more than is left is too much', () => {
    const by = terms([line(1, 'a', ratio(5_000)), commission, line(3, 'b', remainder)]);
    expect(payouts(by, paid('2.00'))).toEqual(['1 a 1.00', '2 platform 1.00']);
    // 0.99 and 1.00 of 1.98.
    expect(faultOf(by, paid('1.98'))).toEqual({ code: 'BASE_TOO_SMALL', available: 198n, required: 199n });
  });

  test('is taken from the merchant’s own line by ratio where nobody has the remainder', () => {
    const by = terms([line(1, 'own', ratio(9_500)), commission]);
    expect(payouts(by, paid('10.00'))).toEqual(['1 own 9.00', '2 platform 1.00']);
    expect(splitOf(by, paid('10.00')).legs[0]).toMatchObject({ amount: 900n, rest: -50n });
    expect(payouts(by, paid('1.00'))).toEqual(['2 platform 1.00']);
    expect(faultOf(by, paid('0.99'))).toEqual({ code: 'BASE_TOO_SMALL', available: 99n, required: 100n });
  });

  test('is taken from nobody who has one too', () => {
    const by = terms([line(1, 'own', ratio(9_500), { floor: fen('9.00') }), commission]);
    expect(payouts(by, paid('10.00'))).toEqual(['1 own 9.00', '2 platform 1.00']);
    expect(faultOf(by, paid('9.99'))).toEqual({ code: 'BASE_TOO_SMALL', available: 999n, required: 1_000n });
  });

  test('of the remainder is what has to be left', () => {
    const by = terms([line(1, 'a', fixed('5.00')), line(2, 'b', remainder, { floor: fen('3.00') })]);
    expect(payouts(by, paid('8.00'))).toEqual(['1 a 5.00', '2 b 3.00']);
    expect(faultOf(by, paid('7.99'))).toEqual({ code: 'BASE_TOO_SMALL', available: 799n, required: 800n });
  });
});
