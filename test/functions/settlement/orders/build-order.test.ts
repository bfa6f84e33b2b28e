import { describe, expect, it } from 'vitest';
import { presentBatch, readLines } from '../../../../functions/settlement/orders/batch-lines.ts';
import { buildOrder } from '../../../../functions/settlement/orders/build-order.ts';
import type { OrderFacts } from '../../../../functions/settlement/orders/order-facts.ts';
import { orderIn } from '../../../../functions/settlement/orders/order-shapes.ts';
import { Problem } from '../../../../shared/problems/problem.ts';
import { aMarket, aMerchant, aRule, at, aVersion, cause } from '../samples.ts';

const yuan = (amount: string, currency = 'CNY') => ({ amount, currency });
const ruleId = `rule_${'0'.repeat(26)}`;
const otherRule = `rule_${'1'.repeat(26)}`;
const subOrder = { no: '1', merchantId: 'mer_potter', amount: yuan('100.00') };
const request = { no: 'A', marketId: 'mkt_chengdu', amount: yuan('100.00'), subOrders: [subOrder] };
const foreignRule = aRule(aVersion());
const facts: OrderFacts = {
  markets: new Map([['mkt_chengdu', aMarket()]]),
  merchants: new Map(
    [
      aMerchant({ id: 'mer_potter' }),
      aMerchant(),
      aMerchant({ id: 'mer_away', state: 'SUSPENDED' }),
      aMerchant({ id: 'mer_other', marketId: 'mkt_other' }),
      ...Array.from({ length: 41 }, (_, place) => aMerchant({ id: `mer_brand${place}` })),
    ].map((merchant) => [merchant.id, merchant]),
  ),
  rules: new Map([
    [ruleId, aRule(aVersion())],
    [otherRule, { ...foreignRule, head: { ...foreignRule.head, marketId: 'mkt_other' } }],
  ]),
};
const build = (more: object) =>
  buildOrder(orderIn.parse({ ...request, ...more }), facts, { tenant: 'demo', at, cause });
const of = (more: object) => ({ subOrders: [{ ...subOrder, ...more }] });
const coupon = (amount: string, funders: object[] = [{ kind: 'PLATFORM', basisPoints: 10_000 }]) => {
  return of({ coupons: [{ id: 'C', amount: yuan(amount), funders }] });
};

/** A coupon of 0.10 of each of so many brands, ten of a sub-order of 20.00. */
const branded = (brands: number) => {
  const coupons = Array.from({ length: brands }, (_, place) => ({
    ...{ id: `C${place}`, amount: yuan('0.10') },
    funders: [{ kind: 'BRAND', merchantId: `mer_brand${place}`, basisPoints: 10_000 }],
  }));
  const subOrders = Array.from({ length: 5 }, (_, place) => ({
    ...{ ...subOrder, no: `${place}`, amount: yuan('20.00') },
    coupons: coupons.slice(place * 10, place * 10 + 10),
  }));
  return { subOrders };
};

function refusalOf(more: object): [string, (string | undefined)[]] {
  try {
    build(more);
  } catch (error) {
    if (error instanceof Problem) return [error.code, (error.fields.errors ?? []).map(({ pointer }) => pointer)];
    throw error;
  }
  throw new Error('It was not refused.');
}

describe('an order that is asked for', () => {
  it('is made unpaid, to be paid within the minutes of its market, by the plan that it names', () => {
    expect(build({ split: { by: 'RULE', ruleId } })).toMatchObject({
      ...{ tenant: 'demo', no: 'A', currency: 'CNY', createdAt: at, payBy: '2025-09-26T02:30:00.000Z', revision: 1 },
      subOrders: [{ merchantId: 'mer_potter', amount: 10_000n, plan: { by: 'RULE', ruleId }, splits: [] }],
    });
    expect(build({ payWithinMinutes: 5 }).payBy).toBe('2025-09-26T02:05:00.000Z');
    expect(build({}).subOrders[0]?.plan).toEqual({ by: 'MERCHANT' });
    expect(build({ split: { by: 'RULE', ruleId }, ...of({ split: { by: 'MANUAL' } }) }).subOrders[0]?.plan).toEqual({
      by: 'MANUAL',
    });
  });

  it('may have coupons of forty brands', () => {
    expect(build(branded(40)).subOrders).toHaveLength(5);
  });

  it('has one fingerprint for one content', () => {
    const { fingerprint } = build({});
    expect(build({}).fingerprint).toBe(fingerprint);
    expect(build({ references: { a: 'b' } }).fingerprint).not.toBe(fingerprint);
  });

  const receivers = [
    { sequence: 1, receiver: 'mer_nobody', share: { kind: 'FIXED', amount: yuan('1.00') } },
    { sequence: 2, share: { kind: 'REMAINDER' } },
  ];
  it.each<[string, object, string, string[]]>([
    ['an unknown market', { marketId: 'mkt_none' }, 'settlement/market-not-found', ['/marketId']],
    [
      'an unknown merchant',
      of({ merchantId: 'mer_nobody' }),
      'settlement/merchant-not-found',
      ['/subOrders/0/merchantId'],
    ],
    [
      'a merchant of another market',
      of({ merchantId: 'mer_other' }),
      'settlement/merchant-not-found',
      ['/subOrders/0/merchantId'],
    ],
    [
      'an unknown participant',
      { split: { by: 'PARTICIPANTS', base: 'PAID', method: 'FIXED', lines: receivers } },
      'settlement/merchant-not-found',
      ['/split/lines/0/receiver'],
    ],
    [
      'an unknown brand',
      coupon('1.00', [{ kind: 'BRAND', merchantId: 'mer_nobody', basisPoints: 10_000 }]),
      'settlement/merchant-not-found',
      ['/subOrders/0/coupons/0/funders/0/merchantId'],
    ],
    [
      'a suspended merchant',
      of({ merchantId: 'mer_away' }),
      'settlement/merchant-suspended',
      ['/subOrders/0/merchantId'],
    ],
    [
      'an unknown rule',
      { split: { by: 'RULE', ruleId: `rule_${'2'.repeat(26)}` } },
      'settlement/split-rule-not-found',
      ['/split/ruleId'],
    ],
    [
      'a rule of another market',
      of({ split: { by: 'RULE', ruleId: otherRule } }),
      'settlement/split-rule-not-found',
      ['/subOrders/0/split/ruleId'],
    ],
    ['coupons above the order', coupon('100.01'), 'request/malformed', ['/subOrders/0/coupons', '/subOrders']],
    ['coupons of more brands than are booked at once', branded(41), 'request/malformed', ['/subOrders']],
    ['coupons that leave nothing to pay', coupon('100.00'), 'request/malformed', ['/subOrders']],
    [
      'funders that do not give all of a coupon',
      coupon('1.00', [{ kind: 'PLATFORM', basisPoints: 9_999 }]),
      'request/malformed',
      ['/subOrders/0/coupons/0'],
    ],
    [
      'a date beyond the calendar',
      of({ clearingDate: '2027-03-01' }),
      'settlement/calendar-not-published',
      ['/subOrders/0/clearingDate'],
    ],
    ['a date that is past', of({ clearingDate: '2025-09-25' }), 'request/malformed', ['/subOrders/0/clearingDate']],
    [
      'more than its item has room for',
      {
        amount: yuan('5000.00'),
        subOrders: Array.from({ length: 50 }, (_, place) => ({
          ...{ ...subOrder, no: `${place}` },
          addOns: Array.from({ length: 20 }, () => ({
            ...{ id: 'P', name: '邮'.repeat(140), type: 'P', amount: yuan('0.01') },
          })),
        })),
      },
      'request/malformed',
      ['/subOrders'],
    ],
    ['amounts of another currency', { amount: yuan('100.00', 'USD') }, 'request/malformed', ['/amount/currency']],
  ])('is refused for %s', (_, more, code, places) => {
    expect(refusalOf(more)).toEqual([code, places]);
  });
});

describe('a batch of orders', () => {
  it('tells each line by itself, with pointers that begin at the batch', () => {
    const lines = readLines([request, { ...request, no: 'B', amount: yuan('1.00') }, 'no order']);
    const order = build({});
    const shown = presentBatch(lines, [{ order, isReplay: false }]);
    expect(shown).toMatchObject({
      ...{ accepted: 1, refused: 2 },
      lines: [
        { line: 0, no: 'A', outcome: 'CREATED' },
        {
          ...{ line: 1, no: 'B', outcome: 'REFUSED' },
          problem: { code: 'request/malformed', errors: [{ pointer: '/orders/1/amount' }] },
        },
        { line: 2, outcome: 'REFUSED', problem: { errors: [{ pointer: '/orders/2' }] } },
      ],
    });
  });
});
