import { describe, expect, it } from 'vitest';
import { ordersLike, suggestOrders } from '../../../../functions/settlement/unassigned/suggest-orders.ts';
import { anOrder, aPayment, aSubOrder, at } from '../orders/samples.ts';

const told = { channelId: 'wechat', transactionId: 'T', amount: 10_000n, currency: 'CNY', paidAt: at };
const kept = { orderNo: 'so-1_2', marketId: 'mkt_chengdu' };
const found = (...orders: readonly Parameters<typeof anOrder>[0][]) =>
  suggestOrders({ told }, kept, orders.map(anOrder), at).map(({ order, because }) => [order.no, because]);

describe('numbers that may be meant', () => {
  it.each([
    ['SO-1', ['SO-1', 'so-1', 'SO', 'so']],
    [' so-1_2 ', ['so-1_2', 'SO-1_2', 'so-1', 'SO-1']],
    ['ＳＯ２５', ['SO25', 'so25']],
    ['订单', []],
  ])('by %s', (no, numbers) => {
    expect(ordersLike(no)).toEqual(numbers);
  });
});

describe('orders that a payment may be of', () => {
  it('are of its market and open, those that cost just as much first', () => {
    const half = { no: 'so-1', payments: [aPayment({ amount: 6_000n })] };
    expect(found(half, { no: 'SO-1' }, { no: 'OTHER' }, { no: 'SO-1_2', marketId: 'mkt_other' })).toEqual([
      ['SO-1', ['SIMILAR_NUMBER', 'AMOUNT_TO_PAY']],
      ['so-1', ['SIMILAR_NUMBER']],
    ]);
  });

  it('may have timed out, and are none where nothing was read', () => {
    const late = anOrder({ no: 'so-1_2', subOrders: [aSubOrder({ amount: 9_000n })] });
    expect(suggestOrders({ told }, kept, [late], '2026-01-01T00:00:00.000Z')).toMatchObject([
      { because: ['SAME_NUMBER'], toPay: 9_000n },
    ]);
    expect(suggestOrders({}, kept, [late], at)).toEqual([]);
  });
});
