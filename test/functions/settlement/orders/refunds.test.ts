import { describe, expect, it } from 'vitest';
import { acceptRefund } from '../../../../functions/settlement/orders/decide-refund.ts';
import type { Order } from '../../../../functions/settlement/orders/order.ts';
import { orderMoney } from '../../../../functions/settlement/orders/order-money.ts';
import { orderState } from '../../../../functions/settlement/orders/order-state.ts';
import { tellFunding, tellResult } from '../../../../functions/settlement/orders/refund-result.ts';
import { takePayment } from '../../../../functions/settlement/orders/take-payment.ts';
import { aChannel, aMerchant } from '../samples.ts';
import { ask, free, halfSplit, later } from './refund-samples.ts';
import { anOrder, aSubOrder, aTold, at, facts } from './samples.ts';

function planSplit(about = facts()): Order {
  const paid = takePayment(anOrder(), aTold(), about, at);
  if (paid.outcome !== 'TAKEN') throw new Error(paid.outcome);
  return paid.order;
}

const takesOf = (order: Order) =>
  order.refunds.at(-1)?.takes.map(({ from, isFee, amount }) => [isFee ? 'fee' : (from ?? 'supervised'), amount]);

describe('refunds of an order', () => {
  it('take what is not split first, and the rest by what each holds: 80.00 of 75.00, 20.00 and 5.00', () => {
    const order = acceptRefund(halfSplit(), ask('R', 8_000n), free(), later);
    expect(takesOf(order)).toEqual([
      ['supervised', 7_500n],
      ['mer_teahouse', 400n],
      ['mer_van', 100n],
    ]);
    expect(order.subOrders[0]?.splits[0]?.legs.map(({ takenBack }) => takenBack)).toEqual([400n, 100n]);
    expect(acceptRefund(order, ask('R', 8_000n), free(), later)).toBe(order);
    expect(() => acceptRefund(order, ask('R', 7_000n), free(), later)).toThrow('with other content');
    expect(() => acceptRefund(order, ask('R-2', 2_001n), free(), later)).toThrow('20.00 CNY are left');
    const whole = acceptRefund(order, ask('R-2', 2_000n), free(), later);
    expect([orderState(whole, later), orderMoney(whole).subOrders[0]?.unsplit]).toEqual(['REFUNDING', 0n]);
    const succeeded = whole.refunds.reduce((now, { no }) => {
      const funded = tellFunding(now, no, 'FUNDED', free(), later);
      return tellResult(funded, no, 'SUCCEEDED', { at: later, facts: free() });
    }, whole);
    expect(orderState(succeeded, later)).toBe('CLOSED');
    expect(whole.subOrders[0]?.splits[0]?.legs.map(({ amount, takenBack }) => amount - takenBack)).toEqual([0n, 0n]);
  });

  it('fall to the merchant who sells where a receiver cannot give back', () => {
    const merchants = new Map([
      ...free().merchants,
      ['mer_teahouse', aMerchant({ id: 'mer_teahouse', kind: 'PERSON' })],
      ['mer_van', aMerchant({ id: 'mer_van', clawBackSince: '2025-09-28' })],
    ]);
    const about = free({ merchants });
    expect(takesOf(acceptRefund(halfSplit(about), ask('R', 8_000n), about, later))).toEqual([
      ['supervised', 7_500n],
      ['mer_potter', 400n],
      ['mer_potter', 100n],
    ]);
    const bears = ask('R', 8_000n, { policy: { kind: 'MERCHANT_BEARS' } });
    expect(takesOf(acceptRefund(halfSplit(), bears, free(), later))?.slice(1)).toEqual([
      ['mer_potter', 400n],
      ['mer_potter', 100n],
    ]);
    const amounts = new Map([['1', new Map([[JSON.stringify(['S-1', 2]), 500n]])]]);
    const explicit = ask('R', 8_000n, { policy: { kind: 'EXPLICIT', amounts } });
    expect(takesOf(acceptRefund(halfSplit(), explicit, free(), later))?.slice(1)).toEqual([['mer_van', 500n]]);
  });

  it('bring the fee back in proportion where the channel gives it, and else the merchant pays what it keeps', () => {
    const back = acceptRefund(planSplit(), ask('R', 5_000n), facts(), later);
    expect([back.refunds[0]?.feeBack, takesOf(back)]).toEqual([
      30n,
      [
        // 49.70 over 5.00 and 94.40.
        ['mer_teahouse', 250n],
        ['mer_potter', 4_720n],
      ],
    ]);
    const kept = acceptRefund(planSplit(free()), ask('R', 5_000n), free(), later);
    expect([kept.refunds[0]?.feeBack, takesOf(kept)?.at(-1)]).toEqual([0n, ['fee', 30n]]);
  });

  it('bring back the fee of the channel that they go back on, and no other’s', () => {
    const wechat = aChannel();
    const versions = wechat.versions.map((version) => ({ ...version, feeRefundable: false }));
    const channels = new Map([
      ['wechat', wechat],
      ['bank', aChannel({ id: 'bank', versions })],
    ]);
    const about = facts({ channels });
    const parts = [
      aTold({ channelId: 'bank', transactionId: 'A', amount: 5_000n, fee: 500n }),
      aTold({ transactionId: 'B', amount: 5_000n, fee: 30n }),
    ];
    const paid = parts.reduce((order, told) => {
      const result = takePayment(order, told, about, at);
      if (result.outcome !== 'TAKEN') throw new Error(result.outcome);
      return result.order;
    }, anOrder());
    const payment = { channelId: 'wechat', transactionId: 'B' };
    const first = acceptRefund(paid, ask('R', 5_000n, { payment }), about, later);
    // 49.70 over 5.00 and 89.70: 2.62 and 47.08.
    expect([first.refunds[0]?.feeBack, takesOf(first)]).toEqual([
      30n,
      [
        ['mer_teahouse', 262n],
        ['mer_potter', 4_708n],
      ],
    ]);
    const second = acceptRefund(first, ask('R-2', 5_000n), about, later);
    expect([second.refunds[1]?.channelId, second.refunds[1]?.feeBack, takesOf(second)]).toEqual([
      ...['bank', 0n],
      [
        ['mer_teahouse', 238n],
        ['mer_potter', 4_262n],
        ['fee', 500n],
      ],
    ]);
  });

  it('give each funder of a coupon its part', () => {
    const coupons = [
      { id: 'C', amount: 1_000n, funders: [{ kind: 'PLATFORM' as const, basisPoints: 10_000n }], landedAt: at },
    ];
    const paid = takePayment(
      anOrder({ subOrders: [aSubOrder({ coupons })] }),
      aTold({ amount: 9_000n, fee: 0n }),
      free(),
      at,
    );
    if (paid.outcome !== 'TAKEN') throw new Error(paid.outcome);
    const order = acceptRefund(paid.order, ask('R', 5_000n), free(), later);
    expect(order.refunds[0]).toMatchObject({ amount: 5_000n, toFunders: [{ kind: 'PLATFORM', amount: 500n }] });
  });

  it('go back on one payment, and say what each has left where none has enough', () => {
    const parts = [
      aTold({ transactionId: 'A', amount: 6_000n }),
      aTold({ transactionId: 'B', amount: 4_000n, fee: 0n }),
    ];
    const paid = parts.reduce((order, told) => {
      const result = takePayment(order, told, facts(), at);
      if (result.outcome !== 'TAKEN') throw new Error(result.outcome);
      return result.order;
    }, anOrder());
    expect(() => acceptRefund(paid, ask('R', 6_001n), facts(), later)).toThrow('60.01 CNY go back to the consumer');
    const first = acceptRefund(paid, ask('R', 6_000n), facts(), later);
    const second = acceptRefund(first, ask('R-2', 4_000n), facts(), later);
    expect(second.refunds.map(({ transactionId }) => transactionId)).toEqual(['A', 'B']);
    const named = ask('R', 1n, { payment: { channelId: 'wechat', transactionId: 'B' } });
    expect(acceptRefund(paid, named, facts(), later).refunds[0]?.transactionId).toBe('B');
    const none = ask('R', 1n, { payment: { channelId: 'wechat', transactionId: 'C' } });
    expect(() => acceptRefund(paid, none, facts(), later)).toThrow('Nothing was paid by C');
  });

  it('are in time until the last day of the channel, that day included', () => {
    const order = planSplit(free());
    expect(acceptRefund(order, ask('R', 1n), free(), '2026-09-26T15:59:59.999Z').refunds.length).toBe(1);
    expect(() => acceptRefund(order, ask('R', 1n), free(), '2026-09-26T16:00:00.000Z')).toThrow('until 2026-09-26');
  });
});
