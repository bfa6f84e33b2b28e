import { describe, expect, it } from 'vitest';
import { acceptRefund } from '../../../../functions/settlement/orders/decide-refund.ts';
import type { Order, ToldPayment } from '../../../../functions/settlement/orders/order.ts';
import { orderMoney } from '../../../../functions/settlement/orders/order-money.ts';
import { orderState } from '../../../../functions/settlement/orders/order-state.ts';
import { tellFunding, tellResult } from '../../../../functions/settlement/orders/refund-result.ts';
import { confirmSlip, isLate, takePayment, takeSlip } from '../../../../functions/settlement/orders/take-payment.ts';
import { permutations } from '../../../support/permutations.ts';
import { anOrder, aSubOrder, aTold, at, facts, paidAt } from './samples.ts';

const by = (transactionId: string, amount: bigint, more: Partial<ToldPayment> = {}) =>
  aTold({ transactionId, amount, fee: 0n, ...more });

function pay(order: Order, told: ToldPayment): Order {
  const result = takePayment(order, told, facts(), paidAt);
  if (result.outcome !== 'TAKEN') throw new Error(result.outcome);
  return result.order;
}

describe('payments of an order', () => {
  it('add up: parts of it are supervised as a whole, and split when all of it is there', () => {
    const half = pay(anOrder(), by('A', 6_000n));
    expect([orderState(half, at), orderMoney(half).toPay, orderMoney(half).deposit.held]).toEqual([
      ...['PARTLY_PAID', 4_000n, 6_000n],
    ]);
    const whole = pay(half, by('B', 4_000n));
    expect([orderState(whole, at), whole.subOrders[0]?.splits.length]).toEqual(['SPLIT', 1]);
  });

  it('come to one order in whatever order they are told', () => {
    const parts = [by('A', 5_000n), by('B', 3_000n, { paidAt: '2025-09-26T02:12:00.000Z' }), by('C', 2_000n)];
    const orders = permutations(parts).map((told) => told.reduce(pay, anOrder()));
    expect(orders).toHaveLength(6);
    for (const order of orders) expect(order).toEqual(orders[0]);
  });

  it('that pay it more than once come to one order in whatever order they are told: of those alike the ones made first count', () => {
    const minute = (count: number) => `2025-09-26T02:1${count}:00.000Z`;
    const twice = ['A', 'B', 'C'].map((id, place) => by(id, 10_000n, { fee: 60n, paidAt: minute(place) }));
    const [half, other] = [
      by('H', 5_000n, { fee: 30n, paidAt: minute(3) }),
      by('I', 5_000n, { fee: 30n, paidAt: minute(4) }),
    ];
    const again = by('J', 5_000n, { fee: 30n, paidAt: minute(5) });
    for (const [told, counted] of [
      [twice, ['A']],
      [
        [half, other, again],
        ['H', 'I'],
      ],
    ] as const) {
      const orders = permutations(told).map((payments) => payments.reduce(pay, anOrder()));
      expect(orders).toHaveLength(6);
      for (const order of orders) expect(order).toEqual(orders[0]);
      const count = orders[0]?.payments.filter(({ isBeyond }) => !isBeyond);
      expect(count?.map(({ transactionId }) => transactionId)).toEqual(counted);
    }
  });

  it('that are not alike count in the order in which they are told: the shares of the first are promised', () => {
    const [first, dearer] = [by('A', 10_000n, { fee: 60n }), by('B', 10_000n, { fee: 100n, paidAt: at })];
    const order = pay(pay(anOrder(), first), dearer);
    expect(order.payments).toMatchObject([{ transactionId: 'A' }, { transactionId: 'B', isBeyond: true }]);
    expect(order.subOrders).toEqual(pay(anOrder(), first).subOrders);
  });

  it('that a refund is of keep their place, whatever was paid before', () => {
    const [late, early] = [by('B', 10_000n), by('A', 10_000n, { paidAt: at })];
    const asked = { no: 'R-1', of: { kind: 'ORDER' as const, amount: 100n }, policy: { kind: 'PRO_RATA' as const } };
    const refunded = acceptRefund(pay(anOrder(), late), { ...asked, fingerprint: 'f' }, facts(), paidAt);
    expect(pay(refunded, early).payments).toMatchObject([
      { transactionId: 'B' },
      { transactionId: 'A', isBeyond: true },
    ]);
  });

  it('change nothing when they are told again, and are refused with another amount or fee', () => {
    const order = pay(anOrder(), aTold());
    expect(takePayment(order, aTold(), facts(), at)).toEqual({ outcome: 'KNOWN' });
    expect(takePayment(order, aTold({ amount: 9_999n }), facts(), at)).toEqual({
      ...{ outcome: 'OTHER_AMOUNT', amount: 10_000n },
    });
    expect(takePayment(order, aTold({ fee: 61n }), facts(), at)).toEqual({ outcome: 'OTHER_FEE', fee: 60n });
    expect(pay(order, aTold({ channelId: 'other' })).payments).toMatchObject([{}, { isBeyond: true }]);
  });

  it('that come after the time of the order count, and are late', () => {
    const late = aTold({ paidAt: '2025-09-26T02:30:00.001Z' });
    expect(orderState(anOrder(), late.paidAt)).toBe('OVERDUE');
    const order = pay(anOrder(), late);
    expect([orderState(order, late.paidAt), isLate(order, late)]).toEqual(['SPLIT', true]);
    expect(isLate(order, aTold({ paidAt: order.payBy }))).toBe(false);
  });

  it('above what is to be paid stay on the order, supervised, and go back by a refund', () => {
    const twice = pay(pay(anOrder(), aTold()), aTold({ transactionId: 'T-2' }));
    expect(orderMoney(twice).deposit).toEqual({ amount: 10_000n, fee: 60n, refunded: 0n, held: 9_940n });
    expect(twice.subOrders[0]?.splits[0]?.legs.map(({ amount }) => amount)).toEqual([500n, 9_440n]);
    const asked = { no: 'R', of: { kind: 'BEYOND' as const, amount: 10_000n }, policy: { kind: 'PRO_RATA' as const } };
    const back = acceptRefund(twice, { ...asked, fingerprint: 'r' }, facts(), at);
    expect(orderMoney(back).deposit.held).toBe(0n);
    expect(back.refunds).toMatchObject([
      { transactionId: 'T-2', feeBack: 60n, takes: [{ subOrderNo: '', amount: 9_940n }] },
    ]);
    expect(() => acceptRefund(back, { ...asked, no: 'R-2', fingerprint: 'r' }, facts(), at)).toThrow(
      '0.00 CNY are left',
    );
  });

  it('of an order that a refund has ended are kept beyond it', () => {
    const half = pay(anOrder(), by('A', 6_000n));
    const asked = { no: 'R', of: { kind: 'ORDER' as const, amount: 6_000n }, policy: { kind: 'PRO_RATA' as const } };
    const ended = acceptRefund(half, { ...asked, fingerprint: 'r' }, facts(), at);
    expect(orderState(ended, at)).toBe('REFUNDING');
    const funded = tellFunding(ended, 'R', 'FUNDED', facts(), at);
    const closed = tellResult(funded, 'R', 'SUCCEEDED', { at, facts: facts() });
    expect([orderState(closed, at), orderState(pay(closed, by('B', 10_000n)), at)]).toEqual(['CLOSED', 'CLOSED']);
    const more = pay(ended, by('B', 10_000n));
    expect([more.subOrders[0]?.splits, orderMoney(more).deposit.held]).toEqual([[], 10_000n]);
  });

  it('by slip count from when they are confirmed', () => {
    const slip = { ...aTold(), toldBy: 'operator', toldAt: at };
    const told = takeSlip(anOrder(), slip);
    if (told.outcome !== 'TAKEN') throw new Error(told.outcome);
    expect(orderState(told.order, at)).toBe('UNPAID');
    expect(takeSlip(told.order, slip)).toEqual({ outcome: 'KNOWN' });
    const paid = confirmSlip(told.order, slip, facts(), paidAt);
    expect(paid).toEqual(pay(anOrder(), aTold()));
  });

  it('wait for subsidies, of which nothing belongs to the sub-orders yet', () => {
    const coupons = [{ id: 'C', amount: 1_000n, funders: [{ kind: 'PLATFORM' as const, basisPoints: 10_000n }] }];
    const paid = pay(anOrder({ subOrders: [aSubOrder({ coupons })] }), by('A', 9_000n));
    expect([orderState(paid, at), orderMoney(paid).isSettled, paid.subOrders[0]?.splits]).toEqual(['PAID', false, []]);
    const own = [{ id: 'C', amount: 1_000n, funders: [{ kind: 'MERCHANT' as const, basisPoints: 10_000n }] }];
    const merchants = pay(anOrder({ subOrders: [aSubOrder({ coupons: own })] }), by('A', 9_000n));
    expect(merchants.subOrders[0]?.splits[0]?.legs.map(({ amount }) => amount)).toEqual([450n, 8_550n]);
  });
});
