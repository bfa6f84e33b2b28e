import { describe, expect, it } from 'vitest';
import { cancelSubsidies, landSubsidies } from '../../../../functions/settlement/orders/act-on-order.ts';
import { endWaiting } from '../../../../functions/settlement/orders/carry-out-plan.ts';
import { type AskedRefund, acceptRefund } from '../../../../functions/settlement/orders/decide-refund.ts';
import type { Order, OrderCoupon, SubOrder, ToldPayment } from '../../../../functions/settlement/orders/order.ts';
import { orderMoney } from '../../../../functions/settlement/orders/order-money.ts';
import { orderState } from '../../../../functions/settlement/orders/order-state.ts';
import { tellFunding, tellResult } from '../../../../functions/settlement/orders/refund-result.ts';
import { takePayment } from '../../../../functions/settlement/orders/take-payment.ts';
import { aVersion } from '../samples.ts';
import { anOrder, aSubOrder, aTold, facts, paidAt } from './samples.ts';

const coupons: readonly OrderCoupon[] = [
  { id: 'C', amount: 1_000n, funders: [{ kind: 'PLATFORM', basisPoints: 10_000n }] },
];
const couponed = anOrder({ subOrders: [aSubOrder({ coupons })] });
const by = (transactionId: string, amount: bigint, more: Partial<ToldPayment> = {}) =>
  aTold({ transactionId, amount, fee: 0n, ...more });

function pay(order: Order, told: ToldPayment, about = facts()): Order {
  const result = takePayment(order, told, about, paidAt);
  if (result.outcome !== 'TAKEN') throw new Error(result.outcome);
  return result.order;
}

function refund(order: Order, no: string, of: AskedRefund['of'], about = facts()): Order {
  const asked = acceptRefund(order, { no, of, policy: { kind: 'PRO_RATA' }, fingerprint: no }, about, paidAt);
  return tellFunding(asked, no, 'FUNDED', about, paidAt);
}

const fail = (order: Order, at = paidAt, about = facts()) => tellResult(order, 'R', 'FAILED', { at, facts: about });
const land = (order: Order) => {
  const landed = landSubsidies(order, facts(), paidAt);
  return landed === 'ENDED' ? landed : amountsOf(landed);
};
const amountsOf = ({ subOrders }: Order) => subOrders[0]?.splits[0]?.legs.map(({ amount }) => amount);
const one = ({ subOrders }: Order): SubOrder | undefined => subOrders[0];

describe('an order that waits for its subsidies', () => {
  it('takes them though what was paid beyond it went back before', () => {
    const twice = pay(pay(couponed, by('A', 9_000n)), by('B', 9_000n));
    const back = refund(twice, 'R', { kind: 'BEYOND', amount: 9_000n });
    expect(orderMoney(back).deposit.held).toBe(9_000n);
    expect(land(back)).toEqual([450n, 9_550n]);
    expect(() => refund(back, 'R-2', { kind: 'BEYOND', amount: 1n })).toThrow('0.00 CNY are left');
    expect(() => refund(pay(couponed, by('A', 9_000n)), 'R', { kind: 'BEYOND', amount: 1n })).toThrow('0.00 CNY');
  });

  it('takes none as long as a refund of the order stands, and takes them when that has failed', () => {
    const ended = refund(pay(couponed, by('A', 9_000n)), 'R', { kind: 'ORDER', amount: 9_000n });
    expect(land(ended)).toBe('ENDED');
    expect(land(fail(ended))).toEqual([450n, 9_550n]);
  });

  it('waits until the last day, and then is split without them', () => {
    const waiting = pay(couponed, by('A', 9_000n));
    // 30 days of the channel after 2025-09-26.
    expect([one(waiting)?.waitsUntil, one(waiting)?.splits]).toEqual(['2025-10-26', []]);
    const done = endWaiting(waiting, '1', facts(), '2025-10-26T02:00:00.000Z');
    // 5 % of the 90.00 that are there.
    expect(amountsOf(done)).toEqual([450n, 8_550n]);
    expect(one(done)?.coupons[0]?.lapsedAt).toBe('2025-10-26T02:00:00.000Z');
    expect(land(done)).toBe('ENDED');
    const two = anOrder({ subOrders: [aSubOrder({ coupons }), aSubOrder({ no: '2' })] });
    const both = endWaiting(pay(two, by('A', 19_000n)), '2', facts(), '2025-10-26T02:00:00.000Z');
    expect(both.subOrders.map(({ splits }) => splits.length)).toEqual([1, 1]);
  });
});

describe('an order that waits for its subsidies, and of which a part is to go back', () => {
  const waiting = () => pay(pay(couponed, by('A', 9_000n)), by('B', 2_000n));

  it('keeps all of it until they have landed: a part would leave a rest that is owed to nobody', () => {
    const lines = [{ subOrderId: '1', amount: 5_000n }];
    for (const of of [{ kind: 'ORDER', amount: 8_999n } as const, { kind: 'LINES', lines } as const]) {
      const refused = () => refund(waiting(), 'R', of);
      expect(refused).toThrow(
        'The subsidies of coupons C have not landed yet (补贴未到账). Of the order 90.00 CNY can go back, whole or',
      );
    }
    const landed = landSubsidies(waiting(), facts(), paidAt);
    // Of 100.00 the consumer has 45.00 of 50.00 back, and the platform 5.00.
    expect(landed !== 'ENDED' && refund(landed, 'R', { kind: 'ORDER', amount: 5_000n }).refunds[0]?.toFunders).toEqual([
      { kind: 'PLATFORM', amount: 500n },
    ]);
  });

  it('goes on without them when they are cancelled, and then a part of it can go back', () => {
    const without = cancelSubsidies(waiting(), facts(), paidAt);
    expect(amountsOf(without)).toEqual([450n, 8_550n]);
    expect(one(without)?.coupons[0]?.lapsedAt).toBe(paidAt);
    const back = refund(without, 'R', { kind: 'ORDER', amount: 4_500n });
    expect(one(back)?.splits[0]?.legs.map(({ takenBack }) => takenBack)).toEqual([225n, 4_275n]);
    // The platform has given nothing, so nothing is the platform's.
    expect(back.refunds[0]?.toFunders).toEqual([]);
    expect(land(without)).toBe('ENDED');
  });

  it('goes back payment by payment where it was paid in several, and says that all of it is to', () => {
    const twice = pay(pay(couponed, by('A', 5_000n)), by('B', 4_000n));
    const ended = refund(twice, 'R', { kind: 'ORDER', amount: 4_000n });
    expect(ended.refunds[0]?.transactionId).toBe('A');
    expect([orderState(ended, paidAt), orderMoney(ended).toPay]).toEqual(['REFUNDING', 0n]);
    const back = refund(ended, 'R-2', { kind: 'ORDER', amount: 1_000n });
    const all = refund(back, 'R-3', { kind: 'ORDER', amount: 4_000n });
    const done = ['R', 'R-2', 'R-3'].reduce(
      (now, no) => tellResult(now, no, 'SUCCEEDED', { at: paidAt, facts: facts() }),
      all,
    );
    expect(orderState(done, paidAt)).toBe('CLOSED');
  });

  it('waits for nobody whose part of its coupon rounds to nothing', () => {
    const funders = [
      { kind: 'PLATFORM' as const, basisPoints: 3_333n },
      { kind: 'MERCHANT' as const, basisPoints: 6_667n },
    ];
    const fen = anOrder({ subOrders: [aSubOrder({ coupons: [{ id: 'C', amount: 1n, funders }] })] });
    expect(amountsOf(pay(fen, by('A', 9_999n)))).toEqual([499n, 9_500n]);
  });

  it('has nothing to cancel before it is paid, or once they landed or were cancelled', () => {
    expect(() => cancelSubsidies(couponed, facts(), paidAt)).toThrow('90.00 CNY of it are not paid.');
    const landed = landSubsidies(waiting(), facts(), paidAt) as Order;
    const without = cancelSubsidies(waiting(), facts(), paidAt);
    const ended = refund(waiting(), 'R', { kind: 'ORDER', amount: 9_000n });
    for (const order of [landed, without]) expect(cancelSubsidies(order, facts(), paidAt)).toBe(order);
    // Where that refund fails the subsidies are waited for again.
    expect(() => cancelSubsidies(ended, facts(), paidAt)).toThrow('A refund has ended it: all of it is to go back.');
  });
});

describe('a refund that failed', () => {
  it('lets what was paid meanwhile count, as if it had come after the failure', () => {
    const ended = refund(pay(anOrder(), by('A', 6_000n)), 'R', { kind: 'ORDER', amount: 6_000n });
    const meanwhile = fail(pay(ended, by('B', 4_000n)));
    const afterwards = pay(fail(ended), by('B', 4_000n));
    expect(amountsOf(meanwhile)).toEqual([500n, 9_500n]);
    expect(meanwhile).toEqual(afterwards);
  });

  it('counts nothing that is on its way back as beyond the order', () => {
    const ended = refund(pay(anOrder(), by('A', 6_000n)), 'R', { kind: 'ORDER', amount: 6_000n });
    const back = refund(pay(ended, by('B', 4_000n)), 'R-2', { kind: 'BEYOND', amount: 4_000n });
    expect(orderMoney(fail(back)).toPay).toBe(4_000n);
  });

  it('after the last day gives what is supervised again a new one', () => {
    const onConfirmation = { clearing: { ...aVersion().clearing, from: 'CONFIRMATION' as const } };
    const about = facts({}, onConfirmation);
    for (const plan of [aSubOrder().plan, { by: 'MANUAL' as const }]) {
      const paid = pay(anOrder({ subOrders: [aSubOrder({ plan })] }), aTold(), about);
      expect(one(paid)?.waitsUntil).toBe('2025-10-26');
      const taken = refund(paid, 'R', { kind: 'ORDER', amount: 10_000n }, about);
      const over = endWaiting(taken, '1', about, '2025-10-26T02:00:00.000Z');
      expect(one(over)?.splits).toEqual([]);
      const failed = fail(over, '2025-11-03T02:00:00.000Z', about);
      expect([one(failed)?.waitsUntil, orderMoney(failed).subOrders[0]?.unsplit]).toEqual(['2025-11-04', 9_940n]);
      expect(one(fail(taken, '2025-10-01T02:00:00.000Z', about))?.waitsUntil).toBe('2025-10-26');
    }
  });
});
