import { describe, expect, it } from 'vitest';
import type { Order } from '../../../../functions/settlement/orders/order.ts';
import { orderFromPlain, orderToPlain } from '../../../../functions/settlement/orders/order-items.ts';
import { takePayment } from '../../../../functions/settlement/orders/take-payment.ts';
import { fromItem, type Plain, toItem } from '../../../../shared/dynamo/items.ts';
import { itemBytes, writeUnits } from '../../../../shared/dynamo/write-units.ts';
import { anOrder, aSubOrder, aTold, facts, paidAt } from './samples.ts';

const ran = { lastRunOn: '2025-09-26', lastRunAt: '2025-09-25T18:00:00.000Z' };
const stored = (plain: Plain) => fromItem(toItem(plain));

/** What a market in the field sends: numbers, ids and a request id as long as they are there. */
function aThreePartyOrder(): Order {
  return anOrder({
    ...{ tenant: 'chengdu-market-group', no: 'SO-20250926-0000000001', marketId: 'mkt_51010000000001' },
    subOrders: [
      aSubOrder({
        ...{ no: 'SO-20250926-0000000001-1', merchantId: 'mer_51010000000001000123' },
        plan: { by: 'RULE', ruleId: 'rule_2V4K7N9QXJ5M8T3R6W1Y0ZABCD' },
        addOns: [{ id: 'POST', name: '邮费', type: 'POSTAGE', amount: 800n }],
      }),
    ],
    fingerprint: 'cF8q2mTz1vXw0LrY7uKpQA',
    cause: { client: 'chengdu-market-operator', role: 'operator', requestId: '0c1f2b1e-7d2b-4c93-9a57-5f0d2b8a6f10' },
  });
}

describe('an order in the table', () => {
  it('of three parties costs one write unit, before it is paid, and paid and split', () => {
    const before = aThreePartyOrder();
    const lines = [
      { sequence: 1, receiver: 'mer_51010000000001000456', share: { kind: 'RATIO', basisPoints: 500n } },
      { sequence: 2, receiver: 'mer_51010000000001000789', share: { kind: 'RATIO', basisPoints: 90n } },
      { sequence: 3, share: { kind: 'REMAINDER' } },
    ] as const;
    const base = facts({}, { id: 'rule_2V4K7N9QXJ5M8T3R6W1Y0ZABCD', lines });
    const rule = base.rules.get('rule_1');
    const rules = new Map(rule ? [['rule_2V4K7N9QXJ5M8T3R6W1Y0ZABCD', rule]] : []);
    const told = aTold({ transactionId: '4200002345202509260000000001' });
    const result = takePayment(before, told, { ...base, rules }, paidAt);
    if (result.outcome !== 'TAKEN') throw new Error(result.outcome);
    const after = result.order;
    expect(after.subOrders[0]?.splits[0]?.legs.map(({ amount }) => amount)).toEqual([500n, 90n, 9_350n]);
    const sizes = [before, after].map((order) => itemBytes(toItem(orderToPlain(order))));
    expect(sizes.map((bytes) => writeUnits(bytes))).toEqual([1, 1]);
    expect(Math.max(...sizes)).toBeLessThan(1_024);
  });

  it('comes back as it was, with everything that it can hold', () => {
    const order = anOrder({
      no: 'SO#1',
      references: { storeId: '7' },
      subOrders: [
        aSubOrder({
          addOns: [{ id: 'A', name: '邮费', type: 'POSTAGE', amount: 0n }],
          coupons: [
            {
              ...{ id: 'C', amount: 1_000n, landedAt: paidAt, landedOn: '2025-09-26' },
              funders: [
                { kind: 'BRAND', merchantId: 'mer_van', basisPoints: 4_000n },
                { kind: 'MERCHANT', basisPoints: 6_000n },
              ],
            },
          ],
          plan: {
            ...{ by: 'TERMS', failureMode: 'PARTIAL' },
            terms: {
              ...{ base: 'NET_OF_FEE', method: 'FIXED_THEN_RATIO' },
              lines: [
                { sequence: 1, receiver: 'mer_van', share: { kind: 'FIXED', amount: 5n } },
                {
                  ...{ sequence: 2, cap: 7n, floor: 3n },
                  share: { kind: 'TIERS', apply: 'WHOLE', tiers: [{ from: 0n, basisPoints: 0n }] },
                },
                { sequence: 3, share: { kind: 'WEIGHT', weight: 3n } },
              ],
              feeBearer: { kind: 'LINE', sequence: 2 },
              lifetimeCapBasisPoints: 3_000n,
            },
          },
          ...{ expectedOn: '2025-10-01', confirmedAt: paidAt, waitsUntil: '2025-10-02', notSplit: 'LIFETIME_CAP' },
          splits: [
            {
              ...{ no: 'S-1', at: paidAt, feeBearer: 'mer_van', request: { fingerprint: 'x' } },
              legs: [
                {
                  ...{ sequence: 1, receiver: 'mer_van', amount: 10n, fee: 0n, base: 20n, kind: 'RATIO', rest: -1n },
                  ...{ bound: 'CAP', dueOn: '2025-09-28', takenBack: 4n },
                },
              ],
            },
          ],
        }),
        aSubOrder({ no: '2', plan: { by: 'MANUAL', lifetimeCapBasisPoints: 1n } }),
        aSubOrder({ no: '3', plan: { by: 'MERCHANT' } }),
      ],
      payments: [
        { ...aTold({ payMethod: 'AGGREGATE_QR' }), isBeyond: true },
        aTold({ fee: 0n, flags: ['ABOVE_MAXIMUM', 'PAID_IN_FUTURE'] }),
      ],
      slips: [
        { ...aTold(), toldBy: 'operator', toldAt: paidAt },
        { ...aTold(), toldBy: 'operator', toldAt: paidAt, refused: { at: paidAt, by: 'approver', reason: '金额不符' } },
      ],
      refunds: [
        {
          ...{ no: 'R', channelId: 'wechat', transactionId: 'T-1', amount: 6n, feeBack: 1n, state: 'FUNDED' },
          toFunders: [{ kind: 'BRAND', merchantId: 'mer_van', amount: 2n }],
          lines: [{ subOrderNo: '1', amount: 6n, toFunders: [{ kind: 'PLATFORM', amount: 2n }] }],
          takes: [
            { subOrderNo: '1', leg: { split: 'S-1', sequence: 1 }, from: 'mer_van', amount: 4n },
            { subOrderNo: '', amount: 1n },
            { subOrderNo: '1', from: 'mer_potter', isFee: true, amount: 1n },
          ],
          ...{ reason: '退货', fingerprint: 'y', askedAt: paidAt, changedAt: paidAt },
          ...{ pendingOn: '2025-09-25', fundedOn: '2025-09-26' },
        },
      ],
      disputes: [
        { ...ran, openedAt: paidAt, reason: '未收到', resolvedAt: paidAt, resolvedOn: '2025-09-27' },
        { openedAt: paidAt, reason: '未收到', settledBefore: ['["1","PLAN",1]'], splitBefore: ['1'] },
      ],
      revision: 12,
    });
    expect(orderFromPlain(stored(orderToPlain(order)))).toEqual(order);
    expect(orderFromPlain(stored(orderToPlain(anOrder())))).toEqual(anOrder());
  });
});
