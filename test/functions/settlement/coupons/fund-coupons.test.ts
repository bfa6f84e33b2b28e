import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Coupon, Funder, FundingShare } from '../../../../functions/settlement/coupons/coupon.ts';
import { type FundedOrder, fundCoupons } from '../../../../functions/settlement/coupons/fund-coupons.ts';
import { sum } from '../../../../shared/money/sum.ts';
import { fen } from '../refunds/samples.ts';

const platform: Funder = { kind: 'PLATFORM' };
const merchant: Funder = { kind: 'MERCHANT' };
const brand = (party: string): Funder => ({ kind: 'BRAND', party });
const only = (funder: Funder): FundingShare[] => [{ funder, basisPoints: 10_000n }];
const shares = (...all: [Funder, bigint][]): FundingShare[] =>
  all.map(([funder, basisPoints]) => ({ funder, basisPoints }));

function coupon(id: string, amount: string, funding: FundingShare[], subOrderId?: string): Coupon {
  return { id, amount: fen(amount), funding, ...(subOrderId !== undefined && { subOrderId }) };
}

const order = (...amounts: string[]) => amounts.map((amount, index) => ({ id: `${index + 1}`, amount: fen(amount) }));

function funded(amounts: string[], ...coupons: Coupon[]): FundedOrder {
  const result = fundCoupons(order(...amounts), coupons);
  if (!('subOrders' in result)) throw new Error(result[0]?.code);
  return result;
}

describe('an order of 100.00 with a coupon of 10.00', () => {
  test('that the platform funds: the consumer pays 90.00, the merchant is split 100.00', () => {
    expect(funded(['100.00'], coupon('c', '10.00', only(platform)))).toEqual({
      consumerPays: fen('90.00'),
      merchantGives: 0n,
      subsidies: [{ funder: platform, amount: fen('10.00') }],
      subOrders: [
        {
          id: '1',
          amount: fen('100.00'),
          merchantGives: 0n,
          subsidies: [{ funder: platform, amount: fen('10.00') }],
          consumerPays: fen('90.00'),
          settled: fen('100.00'),
        },
      ],
    });
  });

  test('that the merchant funds by itself: the consumer pays 90.00, 90.00 are split, and no money moves', () => {
    const [one] = funded(['100.00'], coupon('c', '10.00', only(merchant))).subOrders;
    expect(one).toMatchObject({ merchantGives: 1000n, subsidies: [], consumerPays: 9000n, settled: 9000n });
  });

  test('that a brand, the platform and the merchant share', () => {
    const funding = shares([brand('TEA'), 5_000n], [platform, 3_000n], [merchant, 2_000n]);
    expect(funded(['100.00'], coupon('c', '10.00', funding))).toMatchObject({
      consumerPays: fen('90.00'),
      merchantGives: fen('2.00'),
      subsidies: [
        { funder: brand('TEA'), amount: fen('5.00') },
        { funder: platform, amount: fen('3.00') },
      ],
      subOrders: [{ settled: fen('98.00') }],
    });
  });
});

describe('shares of a coupon', () => {
  test('are rounded by largest remainder, ties to the first named', () => {
    const thirds = shares([brand('A'), 3_333n], [brand('B'), 3_333n], [platform, 3_334n]);
    // 0.01: 0.3333, 0.3333 and 0.3334 of a fen.
    expect(funded(['1.00'], coupon('c', '0.01', thirds)).subsidies).toEqual([{ funder: platform, amount: 1n }]);
    const halves = shares([brand('A'), 5_000n], [platform, 5_000n]);
    expect(funded(['1.00'], coupon('c', '0.03', halves)).subsidies.map(({ amount }) => amount)).toEqual([2n, 1n]);
  });

  test('of several coupons add up by funder; brands are told apart by their party', () => {
    const all = [
      coupon('a', '3.00', only(brand('A'))),
      coupon('b', '2.00', only(brand('B'))),
      coupon('c', '1.00', only(brand('A'))),
    ];
    expect(funded(['10.00'], ...all).subsidies).toEqual([
      { funder: brand('A'), amount: fen('4.00') },
      { funder: brand('B'), amount: fen('2.00') },
    ]);
  });
});

describe('coupons of several sub-orders', () => {
  test('of one sub-order lower only that', () => {
    const { subOrders } = funded(['60.00', '40.00'], coupon('c', '10.00', only(merchant), '2'));
    expect(subOrders.map(({ settled }) => settled)).toEqual([6000n, 3000n]);
  });

  test('of the whole order lower each by what it still costs', () => {
    // 2 costs 20.00 after its own coupon, so 10.00 over 60:20 are 7.50 and 2.50, whichever is told first.
    const ofOrder = coupon('c', '10.00', only(platform));
    const ofTwo = coupon('d', '20.00', only(merchant), '2');
    for (const all of [
      [ofOrder, ofTwo],
      [ofTwo, ofOrder],
    ]) {
      const { subOrders } = funded(['60.00', '40.00'], ...all);
      expect(subOrders.map(({ consumerPays }) => consumerPays)).toEqual([5250n, 1750n]);
      expect(subOrders.map(({ settled }) => settled)).toEqual([6000n, 2000n]);
    }
  });

  test('keep both the shares of the funders and the parts of the sub-orders exact', () => {
    // 0.03 over three sub-orders alike is 0.01 each; halves of it are 0.02 and 0.01.
    const halves = shares([brand('A'), 5_000n], [platform, 5_000n]);
    const { subOrders, subsidies } = funded(['1.00', '1.00', '1.00'], coupon('c', '0.03', halves));
    expect(subOrders.map(({ consumerPays }) => consumerPays)).toEqual([99n, 99n, 99n]);
    expect(subsidies.map(({ amount }) => amount)).toEqual([2n, 1n]);
  });
});

describe('limits', () => {
  test('as much as the order costs is allowed: the consumer pays nothing', () => {
    expect(funded(['60.00', '40.00'], coupon('c', '100.00', only(platform))).consumerPays).toBe(0n);
  });

  test.each([
    [
      'an order',
      [coupon('c', '60.01', only(platform)), coupon('d', '40.00', only(merchant))],
      { code: 'COUPONS_ABOVE_ORDER', available: fen('100.00'), asked: fen('100.01') },
    ],
    [
      'a sub-order',
      [coupon('c', '20.00', only(platform), '2'), coupon('d', '20.01', only(platform), '2')],
      { code: 'COUPONS_ABOVE_SUB_ORDER', subOrderId: '2', available: fen('40.00'), asked: fen('40.01') },
    ],
  ])('coupons above %s are refused', (_, coupons, fault) => {
    expect(fundCoupons(order('60.00', '40.00'), coupons)).toEqual([fault]);
  });
});

describe('a coupon is refused', () => {
  const good = coupon('c', '1.00', only(platform));

  test.each<[string, Coupon, object]>([
    ['that takes nothing off', coupon('d', '0.00', only(platform)), { code: 'AMOUNT_NOT_ABOVE_ZERO', coupon: 1 }],
    ['that is there already', good, { code: 'COUPON_TWICE', coupon: 1 }],
    ['of another order', coupon('d', '1.00', only(platform), '9'), { code: 'SUB_ORDER_UNKNOWN', coupon: 1 }],
    ['that nobody funds', coupon('d', '1.00', []), { code: 'SHARES_NOT_WHOLE', coupon: 1, basisPoints: 0n }],
    [
      'funded by less than the whole',
      coupon('d', '1.00', shares([platform, 5_000n], [merchant, 4_999n])),
      { code: 'SHARES_NOT_WHOLE', coupon: 1, basisPoints: 9_999n },
    ],
    [
      'funded by more than the whole',
      coupon('d', '1.00', shares([platform, 5_000n], [merchant, 5_001n])),
      { code: 'SHARES_NOT_WHOLE', coupon: 1, basisPoints: 10_001n },
    ],
    [
      'with a share of nothing',
      coupon('d', '1.00', shares([platform, 10_000n], [merchant, 0n])),
      { code: 'SHARE_NOT_ABOVE_ZERO', coupon: 1, share: 1 },
    ],
    [
      'with a funder twice',
      coupon('d', '1.00', shares([brand('A'), 5_000n], [brand('A'), 5_000n])),
      { code: 'FUNDER_TWICE', coupon: 1, share: 1 },
    ],
  ])('%s', (_, bad, fault) => {
    expect(fundCoupons(order('10.00'), [good, bad])).toEqual([fault]);
  });
});

test('whatever coupons: all is paid for exactly, no sub-order pays below zero, and no funder gives more than its shares', () => {
  const amounts = fc.array(fc.bigInt(0n, 100_000n), { minLength: 1, maxLength: 5 });
  const drawn = fc.array(
    fc.record({
      amount: fc.bigInt(1n, 50_000n),
      of: fc.option(fc.nat(4), { nil: undefined }),
      first: fc.bigInt(1n, 9_998n),
    }),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(amounts, drawn, (costs, all) => {
      const subOrders = costs.map((amount, index) => ({ id: `${index}`, amount }));
      const coupons = all.map(({ amount, of, first }, index): Coupon => {
        const funding = shares([platform, first], [merchant, 1n], [brand('A'), 9_999n - first]);
        return { id: `${index}`, amount, funding, ...(of !== undefined && { subOrderId: `${of % costs.length}` }) };
      });
      const result = fundCoupons(subOrders, coupons);
      fc.pre('subOrders' in result);
      const couponed = sum(coupons.map(({ amount }) => amount));
      expect(result.consumerPays).toBe(sum(costs) - couponed);
      expect(result.merchantGives + sum(result.subsidies.map(({ amount }) => amount))).toBe(couponed);
      for (const { amount, settled, merchantGives, consumerPays, subsidies } of result.subOrders) {
        expect(consumerPays >= 0n && merchantGives >= 0n).toBe(true);
        expect(settled).toBe(amount - merchantGives);
        expect(settled).toBe(consumerPays + sum(subsidies.map((one) => one.amount)));
      }
      // Each coupon's share is its exact part up to one fen, up or down.
      const exact = sum(coupons.map((one) => one.amount * (one.funding[0]?.basisPoints ?? 0n)));
      const paid = result.subsidies.find(({ funder }) => funder.kind === 'PLATFORM')?.amount ?? 0n;
      const off = paid * 10_000n - exact;
      const most = 10_000n * BigInt(coupons.length);
      expect(off >= -most && off <= most).toBe(true);
    }),
  );
});
