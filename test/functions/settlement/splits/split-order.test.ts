import { describe, expect, test } from 'vitest';
import { termsFor } from '../../../../functions/settlement/splits/merchants-line.ts';
import { splitOrder } from '../../../../functions/settlement/splits/split-order.ts';
import { faultOf, fen, fixed, line, paid, payouts, ratio, remainder, splitOf, terms, weight } from './samples.ts';

const thirds = terms([line(1, 'a', weight(1)), line(2, 'b', weight(1)), line(3, 'c', weight(1))]);

describe('lines that add up to 100 %', () => {
  test.each([
    ['100.00', ['1 a 33.34', '2 b 33.33', '3 c 33.33']],
    ['100.01', ['1 a 33.34', '2 b 33.34', '3 c 33.33']],
    ['100.02', ['1 a 33.34', '2 b 33.34', '3 c 33.34']],
    ['0.02', ['1 a 0.01', '2 b 0.01']],
    ['0.01', ['1 a 0.01']],
    ['0.00', []],
  ])('%s by weights 1:1:1: the odd fen go to the lower sequences, and zero legs are left out', (amount, legs) => {
    expect(payouts(thirds, paid(amount))).toEqual(legs);
  });

  test('a larger remainder comes before a lower sequence', () => {
    // 0.10 by 3333, 3333 and 3334: 3.333, 3.333 and 3.334 fen; the odd one goes to the last.
    const by = terms([line(1, 'a', ratio(3_333)), line(2, 'b', ratio(3_333)), line(3, 'c', ratio(3_334))]);
    expect(payouts(by, paid('0.10'))).toEqual(['1 a 0.03', '2 b 0.03', '3 c 0.04']);
  });

  test('ties are settled by sequence, not by place', () => {
    const by = terms([line(7, 'late', weight(1)), line(2, 'early', weight(1))]);
    expect(payouts(by, paid('0.01'))).toEqual(['2 early 0.01']);
  });

  test('95 to 5 and 0.9 to 0.1, the sample rules of the field', () => {
    const by = (points: number) => terms([line(1, 'own', ratio(10_000 - points)), line(2, 'platform', ratio(points))]);
    // 9.99: 9.4905 and 0.4995; the odd fen has the larger remainder at the platform.
    expect(payouts(by(500), paid('9.99'))).toEqual(['1 own 9.49', '2 platform 0.50']);
    expect(payouts(by(1_000), paid('128.00'))).toEqual(['1 own 115.20', '2 platform 12.80']);
  });

  test('they leave the remainder nothing', () => {
    const by = terms([line(1, 'a', ratio(4_000)), line(2, 'b', ratio(6_000)), line(3, 'c', remainder)]);
    expect(payouts(by, paid('10.01'))).toEqual(['1 a 4.00', '2 b 6.01']);
  });
});

describe('lines that do not', () => {
  test('are each floored, and the rest goes to the remainder', () => {
    // 0.60 % of 9.99 is 0.05994, 33.33 % is 3.329667.
    const by = terms([line(1, 'a', ratio(60)), line(2, 'b', ratio(3_333)), line(3, 'c', remainder)]);
    expect(payouts(by, paid('9.99'))).toEqual(['1 a 0.05', '2 b 3.32', '3 c 6.62']);
  });

  test('without a remainder, to the merchant in a leg of its own, which is last', () => {
    const by = terms([line(4, 'a', ratio(60)), line(9, 'b', ratio(3_333))]);
    expect(payouts(by, paid('9.99'))).toEqual(['4 a 0.05', '9 b 3.32', '10 own 6.62']);
    expect(splitOf(by, paid('9.99')).legs.at(-1)).toEqual({
      sequence: 10,
      kind: 'MERCHANT',
      base: fen('9.99'),
      amount: fen('6.62'),
      fee: 0n,
    });
  });

  test('or on top of the merchant’s own line by ratio, which says so', () => {
    const by = terms([line(1, 'own', ratio(9_000)), line(2, 'a', ratio(333))]);
    // 90 % of 1.01 is 0.909, 3.33 % is 0.0336; 1.01 − 0.90 − 0.03 is 0.08.
    expect(splitOf(by, paid('1.01')).legs).toEqual([
      { sequence: 1, kind: 'RATIO', base: 101n, amount: 98n, fee: 0n, rest: 8n },
      { sequence: 2, receiver: 'a', kind: 'RATIO', base: 101n, amount: 3n, fee: 0n },
    ]);
  });
});

describe('fixed lines', () => {
  const by = terms([line(1, 'a', fixed('20.00')), line(2, 'b', fixed('5.00')), line(3, 'c', remainder)]);

  test('never change, and the remainder takes the rest', () => {
    expect(payouts(by, paid('100.00', '0.38'))).toEqual(['1 a 20.00', '2 b 5.00', '3 c 74.62']);
    expect(payouts(by, paid('25.00'))).toEqual(['1 a 20.00', '2 b 5.00']);
  });

  test('refuse a base that is one fen too small as a whole', () => {
    expect(faultOf(by, paid('24.99'))).toEqual({ code: 'BASE_TOO_SMALL', available: 2_499n, required: 2_500n });
    expect(faultOf({ ...by, base: 'NET_OF_FEE' }, paid('25.00', '0.01'))).toEqual({
      code: 'BASE_TOO_SMALL',
      available: 2_499n,
      required: 2_500n,
    });
  });

  test('come before the ratios of what they leave', () => {
    // 100.01 − 20.00 leaves 80.01: 40.005 each, the odd fen to the lower sequence.
    const first = terms([line(1, 'a', fixed('20.00')), line(2, 'b', ratio(5_000)), line(3, 'c', ratio(5_000))]);
    expect(payouts(first, paid('100.01'))).toEqual(['1 a 20.00', '2 b 40.01', '3 c 40.00']);
  });

  test('of the merchant are not touched by what is left, which has a leg of its own', () => {
    const own = terms([line(1, 'own', fixed('20.00')), line(2, 'a', fixed('5.00'))]);
    expect(payouts(own, paid('30.00', '0.11'))).toEqual(['1 own 20.00', '2 a 5.00', '3 own 4.89']);
  });
});

describe('the base', () => {
  const half = [line(1, 'a', ratio(5_000)), line(2, 'b', remainder)];
  const couponed = { order: fen('100.00'), paid: fen('80.00'), fee: fen('0.48') };

  test.each([
    ['ORDER', ['1 a 50.00', '2 b 29.52']],
    ['PAID', ['1 a 40.00', '2 b 39.52']],
    // 79.52 is there: half of it each.
    ['NET_OF_FEE', ['1 a 39.76', '2 b 39.76']],
  ] as const)('%s', (base, legs) => {
    expect(payouts(terms(half, { base }), couponed)).toEqual(legs);
  });

  test('ratios of ORDER are not shortened where less was paid: exactly what is there will do, one fen more is refused', () => {
    const by = terms(half, { base: 'ORDER' });
    expect(payouts(by, { order: fen('100.00'), paid: fen('50.00'), fee: 0n })).toEqual(['1 a 50.00']);
    expect(faultOf(by, { order: fen('100.00'), paid: fen('49.99'), fee: 0n })).toEqual({
      code: 'RATIOS_ABOVE_PAID',
      available: 4_999n,
      required: 5_000n,
    });
  });

  test('100 % of ORDER is of the order; what was paid on top of it is the remainder', () => {
    const by = terms([...thirds.lines, line(4, 'd', remainder)], { base: 'ORDER' });
    const surcharged = { order: fen('100.00'), paid: fen('103.00'), fee: 0n };
    expect(payouts(by, surcharged)).toEqual(['1 a 33.34', '2 b 33.33', '3 c 33.33', '4 d 3.00']);
  });

  test('fixed lines are within the order and within what was paid', () => {
    const by = terms([line(1, 'a', fixed('50.00'))], { base: 'ORDER' });
    expect(faultOf(by, { order: fen('49.00'), paid: fen('60.00'), fee: 0n })).toMatchObject({ available: 4_900n });
    expect(faultOf(by, { order: fen('60.00'), paid: fen('48.00'), fee: 0n })).toMatchObject({ available: 4_800n });
  });
});

test('a line that names the merchant who sold is its own', () => {
  const by = terms([line(1, 'shop', ratio(3_000)), line(2, 'a', ratio(1_000))], { lifetimeCapBasisPoints: 1_000n });
  expect(payouts(termsFor(by, 'shop'), paid('10.00'))).toEqual(['1 own 9.00', '2 a 1.00']);
  expect(termsFor(by, 'other')).toBe(by);
  expect(faultOf(termsFor(by, 'other'), paid('10.00'))).toMatchObject({ code: 'LIFETIME_CAP', asked: 400n });
});

test.each(['order', 'paid', 'fee', 'givenBefore', 'wholeOrder'])('%s below zero is no amount of a split', (field) => {
  expect(() => splitOrder(thirds, { ...paid('1.00'), [field]: -1n })).toThrow(RangeError);
});
