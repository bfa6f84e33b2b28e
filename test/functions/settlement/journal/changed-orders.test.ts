import { describe, expect, it } from 'vitest';
import { linesOf } from '../../../../functions/settlement/journal/lines-between.ts';
import { opposite } from '../../../../functions/settlement/journal/opposite.ts';
import {
  daysOfOrder,
  figuresOfOrder,
  figuresOn,
  type OrderFigures,
} from '../../../../functions/settlement/journal/order-figures.ts';
import { ChangedOrders, DayTooLargeError } from '../../../../functions/settlement/journal/proof/changed-orders.ts';
import { lineDigest } from '../../../../functions/settlement/journal/proof/line-digest.ts';
import { isRight, provenGains } from '../../../../functions/settlement/journal/proof/prove-accounts.ts';
import { nextOrder } from '../../../../functions/settlement/orders/next-order.ts';
import type { Order } from '../../../../functions/settlement/orders/order.ts';
import { orderFromPlain, orderToPlain } from '../../../../functions/settlement/orders/order-items.ts';
import { movedBy } from '../../../../functions/settlement/settlements/moved-by.ts';
import type { PayoutLine } from '../../../../functions/settlement/settlements/settlement.ts';
import { anOrder, aPayment, aRefund, aSplitOrder, aTake, cause, fen } from './orders.ts';

const on = (day: string) => ({ changedAt: `2025-09-${day}T02:00:00.000Z`, cause });
const refunded = aSplitOrder({ refunds: [aRefund('R-1', [aTake('10.00'), aTake('4.00', 1, 'mer_farm')])] });

/** What accounts gain, by account; those of nothing are left out. */
const byAccount = ({ gains, ...figures }: OrderFigures) => ({
  ...figures,
  gains: new Map(gains.flatMap(({ role, amount }) => (amount === 0n ? [] : [[role, amount]]))),
});

/** Paid and split on the 26th; 14.00 of it refunded on the 28th. */
const changed = nextOrder(aSplitOrder(on('26')), refunded, on('28'));

describe('what an order comes to', () => {
  it('is told by account: 100.00 is 21.00 of merchants, 14.00 back and 65.00 supervised', () => {
    const { sums, gains } = figuresOfOrder(refunded);
    expect(sums).toMatchObject({ received: fen('100.00'), shares: fen('21.00'), refunds: fen('14.00') });
    expect(sums).toMatchObject({ fees: 0n, supervised: fen('65.00'), summed: 0n });
    expect(new Map(gains.map(({ role, amount }) => [role, amount]))).toEqual(
      new Map([
        ['channel:WECHAT_PAY', fen('-86.00')],
        ['supervised', fen('65.00')],
        ['payable:mer_farm', fen('16.00')],
        ['payable:mer_van', fen('5.00')],
      ]),
    );
  });

  it('is known of every day since, also by what the table has of it', () => {
    const days = daysOfOrder(orderFromPlain(orderToPlain(changed)));
    expect(days.map((day) => day.on)).toEqual(['2025-09-26', '2025-09-28']);
    const refundsOn = (day: string) => figuresOn(days, `2025-09-${day}`).sums.refunds;
    expect([refundsOn('25'), refundsOn('26'), refundsOn('27'), refundsOn('28')]).toEqual([0n, 0n, 0n, fen('14.00')]);
    expect(figuresOn(days, '2025-09-25').paid).toBe(0);
    expect(byAccount(figuresOn(days, '2025-09-27'))).toMatchObject(byAccount(figuresOfOrder(aSplitOrder())));
  });

  it('is known of the days on which a refund was funded, and failed, whoever bore it', () => {
    const takes = [aTake('4.00', 1, 'mer_farm'), aTake('5.00', 2, 'mer_van'), aTake('1.00', 2, 'mer_shop')];
    const stored = (order: Order) => orderFromPlain(orderToPlain(order));
    const change = (before: Order, more: Partial<Order>, day: string) =>
      stored(nextOrder(before, { ...before, ...more }, on(day)));
    const split = aSplitOrder(on('26'));
    const funded = change(split, { refunds: [aRefund('R-1', takes)] }, '27');
    const failed = change(funded, { refunds: [aRefund('R-1', takes, { state: 'FAILED' })] }, '28');
    const later = change(change(failed, { references: { a: '1' } }, '29'), { references: {} }, '30');
    const days = daysOfOrder(later);
    expect(days.map((day) => day.on)).toEqual(['2025-09-26', '2025-09-27', '2025-09-28', '2025-09-30']);
    const gainsOn = (day: string) => byAccount(figuresOn(days, `2025-09-${day}`)).gains;
    const channel = ['channel:WECHAT_PAY', fen('-100.00')] as const;
    const supervised = ['supervised', fen('75.00')] as const;
    const whole = new Map([channel, supervised, ['payable:mer_farm', fen('20.00')], ['payable:mer_van', fen('5.00')]]);
    expect([gainsOn('26'), gainsOn('28'), gainsOn('29'), gainsOn('30')]).toEqual([whole, whole, whole, whole]);
    expect(gainsOn('27')).toEqual(
      new Map([
        ['channel:WECHAT_PAY', fen('-90.00')],
        supervised,
        ['payable:mer_farm', fen('16.00')],
        ['payable:mer_shop', fen('-1.00')],
      ]),
    );
  });

  it('is kept once for a day, and not where no money moved', () => {
    const twice = nextOrder(changed, { ...changed, references: { a: '1' } }, on('28'));
    const later = nextOrder(twice, { ...twice, references: {} }, on('30'));
    const last = nextOrder(
      later,
      { ...later, references: { b: '1' } },
      { ...on('30'), changedAt: '2025-10-03T02:00:00.000Z' },
    );
    expect(last.past?.map((day) => day.on)).toEqual(['2025-09-26', '2025-09-28']);
    const unpaid = nextOrder(anOrder(on('26')), anOrder({ payments: [aPayment()] }), on('27'));
    expect(unpaid.past).toBeUndefined();
  });
});

describe('orders that were changed behind a day', () => {
  const few = { ordersMax: 10, dayMax: 10, over: '2025-09-30' };
  const take = (orders: readonly Order[], behind?: string, limits = few) => {
    const found = new ChangedOrders(behind, limits);
    for (const order of orders) found.add(orderToPlain(order));
    return found;
  };

  it('move the figures of each day by what they came to then', () => {
    const moves = (behind?: string) =>
      take([changed], behind)
        .movedOn()
        .map(({ date, moved: { paid, sums } }) => [date, paid, sums.received, sums.supervised, sums.refunds]);
    const refund = ['2025-09-28', 0, 0n, fen('-10.00'), fen('14.00')];
    expect(moves()).toEqual([['2025-09-26', 1, fen('100.00'), fen('75.00'), 0n], refund]);
    expect(moves('2025-09-26')).toEqual([refund]);
    expect(moves('2025-09-28')).toEqual([]);
  });

  it('lack nothing where their lines are found, whatever was taken back in between', () => {
    const found = take([changed]);
    expect(found.lost()).toEqual([{ orderNo: 'A-1', changedOn: '2025-09-28' }]);
    const [first, ...others] = linesOf(changed);
    if (!first) throw new Error('It has lines.');
    const order = found.orders().get('A-1');
    for (const entry of [...others, first, opposite(first), first]) if (order) order.digest -= lineDigest(entry);
    expect(found.lost()).toEqual([]);
  });

  it('are left for another time by the last days, where they are too many', () => {
    const nos = ['26', '26', '27', '28', '28'];
    const orders = nos.map((day, place) => aSplitOrder({ no: `O-${place}`, ...on(day) }));
    const limits = { ordersMax: 3, dayMax: 3, over: '2025-09-30' };
    const found = take(orders, undefined, limits);
    expect([found.until, found.count]).toEqual(['2025-09-27', 3]);
    expect(found.movedOn().map(({ date, moved }) => [date, moved.paid])).toEqual([
      ['2025-09-26', 2],
      ['2025-09-27', 1],
    ]);
    // Two of one day go together, and so do days that are not over.
    expect(take(orders, undefined, { ...limits, ordersMax: 1 }).until).toBe('2025-09-26');
    const today = take(orders, undefined, { ordersMax: 1, dayMax: 5, over: '2025-09-25' });
    expect([today.until, today.count]).toEqual([undefined, 5]);
    expect(() => take(orders, undefined, { ...limits, ordersMax: 1, dayMax: 1 })).toThrow(DayTooLargeError);
  });

  it('are named where they cannot be read', () => {
    const found = new ChangedOrders(undefined, few);
    found.add({ ...orderToPlain(changed), text: '{' });
    // What it came to is not known of any day since the first one with money.
    const lost = [{ orderNo: 'A-1', changedOn: '2025-09-28', reason: expect.anything() }];
    expect([found.hiddenFrom, found.lost()]).toMatchObject(['2025-09-26', lost]);
    const { firstOn: _, ...older } = orderToPlain(changed);
    found.add({ ...older, text: '{' });
    expect(found.hiddenFrom).toBe('0000-01-01');
  });
});

describe('accounts of a market', () => {
  it('hold what orders brought, less what settlements paid out, billed and got back', () => {
    const line = { state: 'PAID', amount: fen('9.00') } as PayoutLine;
    const returned = { ...line, state: 'RETURNED', returns: [{ on: '2025-09-29', amount: fen('4.00') }] } as PayoutLine;
    const payouts = [
      line,
      returned,
      ...(['DUE', 'HELD', 'PENDING_FUNDS', 'FAILED'] as const).map((state) => ({ ...line, state })),
    ];
    // 9.00 went and stayed, 9.00 went and 4.00 came back, 3.00 were billed.
    const settlements = movedBy({ payouts, billed: fen('3.00'), bill: { attempt: 1, isBooked: true } });
    expect(settlements).toBe(fen('-11.00'));
    const account = { role: 'payable:mer_farm', orders: fen('16.00'), settlements } as const;
    expect(isRight({ ...account, ledger: fen('5.00') })).toBe(true);
    expect(isRight({ ...account, ledger: fen('5.01') })).toBe(false);
  });

  it('leave out what the market and brands give of their own', () => {
    const roles = ['payable:mer_farm', 'subsidy:mer_farm', 'subsidy:PLATFORM', 'supervised'] as const;
    const gains = roles.map((role) => ({ role, amount: 1n }));
    expect(provenGains(gains).map(({ role }) => role)).toEqual(['payable:mer_farm', 'supervised']);
  });
});
