import { describe, expect, it } from 'vitest';
import * as examples from '../../../../functions/settlement/rules/rule-examples.ts';
import type { RuleVersion } from '../../../../functions/settlement/rules/stored-rule.ts';
import { simulateSplit } from '../../../../functions/settlement/simulation/simulate-split.ts';
import { simulationIn } from '../../../../functions/settlement/simulation/simulation-shapes.ts';
import { aMarket, aRule, aVersion } from '../samples.ts';

const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const simulate = (body: object, ...versions: readonly RuleVersion[]) =>
  simulateSplit(aRule(...(versions.length > 0 ? versions : [aVersion()])), aMarket(), simulationIn.parse(body));
const amounts = { order: yuan('100.00'), paid: yuan('100.00') };
const paid = (paidAt: string, more: object = {}) => ({ paidAt, amounts, ...more });
const dueOf = (body: object, ...versions: readonly RuleVersion[]) =>
  simulate(body, ...versions).subOrders[0]?.legs[0]?.dueOn;

describe('a simulated split', () => {
  it('of the reference comes out as worked by hand', () => {
    // 100.00, of which the platform gives 10.00: 5 % is 5.00, and 95.00 less the fee of 0.54 is 94.46. Friday, T+1: Sunday, a make-up day.
    const { ruleId: _, ...shown } = examples.simulateSplit.response;
    expect(simulate(examples.simulateSplit.body)).toMatchObject(shown);
  });

  it.each([
    ['Tuesday before the holidays', '2025-09-30T10:00:00+08:00', '2025-10-09'],
    ['Friday before a make-up Sunday', '2025-09-26T22:59:00+08:00', '2025-09-28'],
    ['Saturday, the cut-off itself', '2025-09-27T23:00:00+08:00', '2025-09-28'],
    ['Sunday, worked, a moment after the cut-off', '2025-09-28T23:00:01+08:00', '2025-09-30'],
  ])('is due by T+1 of the market’s calendar: %s', (_, paidAt, due) => {
    expect(dueOf(paid(paidAt))).toBe(due);
  });

  it('goes by the date that the order was sent with', () => {
    expect(dueOf(paid('2025-09-26T10:00:00+08:00', { clearingDate: '2025-10-20' }))).toBe('2025-10-20');
  });

  it('has no day while the goods have to be confirmed, and then counts from that', () => {
    const { clearing } = aVersion();
    const version = aVersion({ clearing: { ...clearing, from: 'CONFIRMATION' } });
    const at = '2025-09-26T10:00:00+08:00';
    expect(dueOf(paid(at), version)).toBeUndefined();
    expect(dueOf(paid(at, { confirmedAt: '2025-09-30T10:00:00+08:00' }), version)).toBe('2025-10-09');
  });

  it('is by the version in force on the day of the market, unless another is asked for', () => {
    const next = aVersion({
      version: 2,
      effectiveFrom: '2025-10-01',
      lines: [{ sequence: 1, share: { kind: 'REMAINDER' } }],
    });
    const versionOf = (body: object) => simulate(body, aVersion(), next).version;
    expect(versionOf(paid('2025-09-30T23:59:59+08:00'))).toBe(1);
    expect(versionOf(paid('2025-09-30T16:00:00Z'))).toBe(2);
    expect(versionOf(paid('2025-09-30T16:00:00Z', { version: 1 }))).toBe(1);
    expect(() => versionOf(paid('2025-09-30T16:00:00Z', { version: 3 }))).toThrow(
      expect.objectContaining({ code: 'settlement/split-rule-not-found' }),
    );
  });

  it('takes off what merchants and brands give by their shares', () => {
    const funders = [
      { kind: 'MERCHANT', basisPoints: 5_000 },
      { kind: 'BRAND', merchantId: 'mer_brand', basisPoints: 5_000 },
    ];
    const coupons = [{ id: 'C-1', amount: yuan('20.00'), funders }];
    const order = { subOrders: [{ no: '1', merchantId: 'mer_potter', amount: yuan('100.00'), coupons }] };
    const { subOrders } = simulate({ paidAt: '2025-09-26T10:00:00+08:00', order });
    // The consumer pays 80.00, of which 5 % are 4.00; the brand gives 10.00.
    expect(subOrders).toMatchObject([
      {
        ...{ order: yuan('100.00'), paid: yuan('90.00'), merchantGives: yuan('10.00') },
        subsidies: [{ kind: 'BRAND', merchantId: 'mer_brand', amount: yuan('10.00') }],
        legs: [{ amount: yuan('4.00') }, { receiver: 'mer_potter', amount: yuan('86.00') }],
      },
    ]);
  });

  it.each<[string, object, string, object]>([
    [
      'before any version begins',
      paid('2025-08-31T10:00:00+08:00'),
      'settlement/split-rule-not-in-force',
      { date: '2025-08-31' },
    ],
    [
      'that is due beyond the calendar',
      paid('2026-12-31T10:00:00+08:00'),
      'settlement/calendar-not-published',
      { date: '2027-01-01' },
    ],
    [
      'with a fee above the share that bears it',
      { paidAt: '2025-09-26T10:00:00+08:00', amounts: { ...amounts, fee: yuan('95.01') } },
      'settlement/split-refused',
      { reason: 'FEE_NOT_COVERED', available: yuan('95.00'), fee: yuan('95.01'), errors: [{ pointer: '/amounts' }] },
    ],
    [
      'in another currency',
      { paidAt: '2025-09-26T10:00:00+08:00', amounts: { ...amounts, paid: { amount: '1.00', currency: 'USD' } } },
      'request/malformed',
      { errors: [{ pointer: '/amounts/paid/currency' }] },
    ],
    [
      'with a coupon of which somebody gives only half',
      {
        paidAt: '2025-09-26T10:00:00+08:00',
        order: {
          subOrders: [
            {
              ...{ no: '1', merchantId: 'mer_potter', amount: yuan('100.00') },
              coupons: [{ id: 'C-1', amount: yuan('20.00'), funders: [{ kind: 'PLATFORM', basisPoints: 5_000 }] }],
            },
          ],
        },
      },
      'request/malformed',
      { errors: [{ pointer: '/order/subOrders/0/coupons/0' }] },
    ],
  ])('is refused %s', (_, body, code, fields) => {
    try {
      simulate(body);
    } catch (error) {
      expect(error).toMatchObject({ code, fields });
      return;
    }
    expect.unreachable();
  });
});
