import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitOrder } from '../../../../functions/settlement/splits/split-order.ts';
import { faultOf, fen, fixed, line, paid, payouts, ratio, remainder, splitOf, terms, weight } from './samples.ts';

describe('the fee', () => {
  const own = line(1, 'own', ratio(7_000));
  const platform = line(2, 'platform', ratio(1_000));
  const rest = line(3, 'brand', remainder);

  test('is taken from the remainder unless told', () => {
    expect(payouts(terms([own, platform, rest]), paid('100.00', '0.38'))).toEqual([
      '1 own 70.00',
      '2 platform 10.00',
      '3 brand 19.62',
    ]);
  });

  test('from the merchant where nobody has the remainder: its line by ratio, or its leg without a line', () => {
    expect(payouts(terms([own, platform]), paid('100.00', '0.38'))).toEqual(['1 own 89.62', '2 platform 10.00']);
    expect(payouts(terms([platform]), paid('100.00', '0.38'))).toEqual(['2 platform 10.00', '3 own 89.62']);
  });

  test.each([
    ['the merchant', { kind: 'MERCHANT' }, ['1 own 69.62', '2 platform 10.00', '3 brand 20.00']],
    ['a line', { kind: 'LINE', sequence: 2 }, ['1 own 70.00', '2 platform 9.62', '3 brand 20.00']],
    ['the remainder', { kind: 'REMAINDER' }, ['1 own 70.00', '2 platform 10.00', '3 brand 19.62']],
  ] as const)('from %s where that is named', (_, feeBearer, legs) => {
    expect(payouts(terms([own, platform, rest], { feeBearer }), paid('100.00', '0.38'))).toEqual(legs);
  });

  test('reduces the named leg of lines that add up to 100 %, and none of the others', () => {
    const thirds = [1, 2, 3].map((sequence) => line(sequence, `r${sequence}`, weight(1)));
    const by = terms(thirds, { feeBearer: { kind: 'LINE', sequence: 1 } });
    expect(payouts(by, paid('100.00', '0.60'))).toEqual(['1 r1 32.74', '2 r2 33.33', '3 r3 33.33']);
    expect(splitOf(by, paid('100.00', '0.60'))).toMatchObject({
      legs: [{ amount: 3_274n, fee: 60n }, { fee: 0n }, { fee: 0n }],
      borne: { sequence: 1, receiver: 'r1', fee: 60n },
    });
  });

  test('is out before NET_OF_FEE is split, and nobody bears it', () => {
    const by = terms([platform, rest], { base: 'NET_OF_FEE' });
    const split = splitOf(by, paid('100.00', '0.60'));
    expect(split.legs.map(({ amount, fee }) => [amount, fee])).toEqual([
      [994n, 0n],
      [8_946n, 0n],
    ]);
    expect(split).not.toHaveProperty('borne');
  });

  test('is taken after a cap and a floor', () => {
    const bounded = line(2, 'platform', ratio(1_000), { floor: fen('2.00'), cap: fen('3.00') });
    const by = terms([bounded, rest], { feeBearer: { kind: 'LINE', sequence: 2 } });
    expect(payouts(by, paid('10.00', '0.50'))).toEqual(['2 platform 1.50', '3 brand 8.00']);
    expect(payouts(by, paid('50.00', '0.50'))).toEqual(['2 platform 2.50', '3 brand 47.00']);
  });

  test('may take up the whole leg, which is then left out, though it is told who bore it', () => {
    const by = terms([line(1, 'a', fixed('9.62')), rest]);
    const split = splitOf(by, paid('10.00', '0.38'));
    expect(split.legs.map(({ amount }) => amount)).toEqual([962n]);
    expect(split.borne).toEqual({ sequence: 3, receiver: 'brand', fee: 38n });
  });

  test('is never passed on: a leg that is one fen short refuses the split', () => {
    const by = terms([line(1, 'a', fixed('9.63')), rest]);
    expect(faultOf(by, paid('10.00', '0.38'))).toEqual({
      code: 'FEE_NOT_COVERED',
      sequence: 3,
      available: 37n,
      fee: 38n,
    });
    const merchants = terms([line(1, 'a', fixed('9.63'))]);
    expect(faultOf(merchants, paid('10.00', '0.38'))).toEqual({ code: 'FEE_NOT_COVERED', available: 37n, fee: 38n });
    expect(faultOf(terms([rest], { base: 'NET_OF_FEE' }), paid('0.10', '0.38'))).toEqual({
      code: 'FEE_NOT_COVERED',
      available: 10n,
      fee: 38n,
    });
  });
});

describe('the lifetime cap of 30 %', () => {
  const by = (points: number) => terms([line(1, 'a', ratio(points))], { lifetimeCapBasisPoints: 3_000n });

  test('allows exactly that, and refuses one minor unit more', () => {
    expect(payouts(by(3_000), paid('0.10'))).toEqual(['1 a 0.03', '2 own 0.07']);
    const more = terms([line(1, 'a', fixed('0.04'))], { lifetimeCapBasisPoints: 3_000n });
    expect(faultOf(more, paid('0.10'))).toEqual({ code: 'LIFETIME_CAP', room: 3n, asked: 4n });
  });

  test('is not rounded: of 0.11 it is 0.033, so 0.03 is allowed and 0.04 is not', () => {
    const fixedBy = (yuan: string) => terms([line(1, 'a', fixed(yuan))], { lifetimeCapBasisPoints: 3_000n });
    expect(payouts(fixedBy('0.03'), paid('0.11'))).toEqual(['1 a 0.03', '2 own 0.08']);
    expect(faultOf(fixedBy('0.04'), paid('0.11'))).toEqual({ code: 'LIFETIME_CAP', room: 3n, asked: 4n });
  });

  test('counts what was given before', () => {
    const given = (yuan: string) => paid('100.00', '0.00', { givenBefore: fen(yuan) });
    expect(payouts(by(1_000), given('20.00'))).toEqual(['1 a 10.00', '2 own 90.00']);
    expect(faultOf(by(1_000), given('20.01'))).toEqual({ code: 'LIFETIME_CAP', room: 999n, asked: 1_000n });
    expect(faultOf(by(1_000), given('31.00'))).toEqual({ code: 'LIFETIME_CAP', room: 0n, asked: 1_000n });
  });

  test('is of what was ordered, also where less was paid', () => {
    const amounts = { order: fen('100.00'), paid: fen('60.00'), fee: 0n };
    expect(payouts(by(5_000), amounts)).toEqual(['1 a 30.00', '2 own 30.00']);
    // 50.02 % of 60.00 is 30.012.
    expect(faultOf(by(5_002), amounts)).toEqual({ code: 'LIFETIME_CAP', room: 3_000n, asked: 3_001n });
  });

  test('is of the whole order, where the sub-order is one of several', () => {
    const part = {
      order: fen('50.00'),
      paid: fen('50.00'),
      fee: 0n,
      wholeOrder: fen('100.00'),
      givenBefore: fen('5.00'),
    };
    expect(payouts(by(5_000), part)).toEqual(['1 a 25.00', '2 own 25.00']);
    expect(faultOf(by(5_002), part)).toEqual({ code: 'LIFETIME_CAP', room: 2_500n, asked: 2_501n });
  });

  test('leaves the merchant’s own lines out, and counts others after the fee that they bear', () => {
    const own = terms([line(1, 'own', ratio(9_000)), line(2, 'a', ratio(1_000))], { lifetimeCapBasisPoints: 1_000n });
    expect(payouts(own, paid('10.00'))).toEqual(['1 own 9.00', '2 a 1.00']);
    const bears = terms([line(1, 'a', fixed('2.00')), line(2, 'b', remainder)], { lifetimeCapBasisPoints: 9_900n });
    expect(payouts(bears, paid('10.00', '0.10'))).toEqual(['1 a 2.00', '2 b 7.90']);
    expect(faultOf(bears, paid('10.00', '0.09'))).toMatchObject({ asked: 991n, room: 990n });
  });

  test('refuses nobody who gives nothing, however much was given before', () => {
    expect(
      payouts(
        terms([line(1, 'own', remainder)], { lifetimeCapBasisPoints: 1n }),
        paid('1.00', '0.00', { givenBefore: 100n }),
      ),
    ).toEqual(['1 own 1.00']);
  });

  test('allows what is there and refuses one fen more, at any order and any cap', () => {
    const yuan = fc.bigInt(1n, 10n ** 15n);
    fc.assert(
      fc.property(yuan, fc.bigInt(1n, 10_000n), fc.bigInt(0n, 10_000n), (order, cap, usedBasisPoints) => {
        const most = (order * cap) / 10_000n;
        const givenBefore = (most * usedBasisPoints) / 10_000n;
        const give = (amount: bigint) => {
          const lines = [{ sequence: 1, receiver: 'a', share: { kind: 'FIXED' as const, amount } }];
          return splitOrder(terms(lines, { lifetimeCapBasisPoints: cap }), {
            order,
            paid: order * 2n,
            fee: 0n,
            givenBefore,
          });
        };
        const room = most - givenBefore;
        fc.pre(room > 0n && room < order);
        expect(give(room).outcome).toBe('SPLIT');
        expect(give(room + 1n)).toMatchObject({ outcome: 'REFUSED', fault: { code: 'LIFETIME_CAP', room } });
      }),
    );
  });
});
