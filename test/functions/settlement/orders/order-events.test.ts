import { describe, expect, it } from 'vitest';
import { toEvents } from '../../../../functions/settlement/events.ts';
import { confirmReceipt, openDispute, resolveDispute } from '../../../../functions/settlement/orders/act-on-order.ts';
import { stepsOf } from '../../../../functions/settlement/orders/booking/steps-of-event.ts';
import { acceptRefund } from '../../../../functions/settlement/orders/decide-refund.ts';
import { historyOf } from '../../../../functions/settlement/orders/history.ts';
import type { Order, OrderRefund } from '../../../../functions/settlement/orders/order.ts';
import { orderToPlain } from '../../../../functions/settlement/orders/order-items.ts';
import { takePayment } from '../../../../functions/settlement/orders/take-payment.ts';
import { service } from '../../../../functions/settlement/service.ts';
import { fromItem, toItem } from '../../../../shared/dynamo/items.ts';
import { anOrder, aTold, at, facts, paidAt } from './samples.ts';

const imageOf = (order: Order) => fromItem(toItem(orderToPlain(order)));
const later = '2025-09-27T02:00:00.000Z';

/** One state after the other, each with the next revision. */
function states(): Order[] {
  const made = anOrder();
  const told = takePayment(made, aTold(), facts(), paidAt);
  if (told.outcome !== 'TAKEN') throw new Error(told.outcome);
  const confirmed = confirmReceipt(told.order, undefined, facts(), later);
  const refund = { no: 'R', of: { kind: 'ORDER' as const, amount: 1_000n }, policy: { kind: 'PRO_RATA' as const } };
  const refunded = acceptRefund(confirmed, { ...refund, fingerprint: 'r' }, facts(), later);
  const disputed = openDispute(refunded, '未收到', facts(), later);
  const resolved = resolveDispute(disputed, facts(), later);
  return [made, told.order, confirmed, refunded, disputed, resolved].map((order, place) => ({
    ...order,
    revision: place + 1,
  }));
}

describe('the events of an order', () => {
  const all = states();
  const told = all.map((order, place) => {
    const before = all[place - 1];
    const kind = before ? ('MODIFY' as const) : ('INSERT' as const);
    return toEvents({ kind, item: imageOf(order), ...(before && { previous: imageOf(before) }) });
  });

  it('tell what a change means, each once and as it is published', () => {
    expect(told.map((events) => events.map(({ type }) => type.replace('settlement.', '')))).toEqual([
      ['order-created.v1'],
      ['order-payment-taken.v1', 'order-paid.v1', 'order-split.v1'],
      ['order-confirmed.v1'],
      ['order-refund-changed.v1'],
      ['order-disputed.v1'],
      ['order-dispute-resolved.v1'],
    ]);
    const events = told.flat();
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    const published = (service.publishes ?? []).map(({ type }) => type);
    for (const { type, subject } of events) {
      expect(published).toContain(type);
      expect(subject).toBe('SO-1');
    }
    expect(told[1]?.[2]?.data).toMatchObject({
      ...{ orderNo: 'SO-1', subOrderNo: '1', splitNo: 'PLAN' },
      legs: [{ receiver: 'mer_teahouse', amount: { amount: '5.00', currency: 'CNY' }, dueOn: '2025-09-28' }, {}],
    });
  });

  it('say what is to be booked: of refunds that are accepted, and of orders with subsidies that are paid', () => {
    const booked = service.subscriptions?.find(({ entry }) => entry === 'on-order-told');
    expect(
      told
        .flat()
        .filter(({ type }) => booked?.events.includes(type))
        .flatMap(stepsOf),
    ).toEqual([{ tenant: 'demo', orderNo: 'SO-1', kind: 'REFUND', about: 'R' }]);
    const paid = told[1]?.[1];
    const data = { ...(paid?.data as object), subsidies: { amount: '0.10', currency: 'CNY' } };
    expect(stepsOf({ type: 'settlement.order-paid.v1', tenant: 'demo', data })).toMatchObject([{ kind: 'SUBSIDY' }]);
  });

  it('say that a refund is to go back, once when it failed, and before that where funders have to give again', () => {
    const last = all.at(-1) ?? anOrder();
    const withRefund = (more: Partial<OrderRefund>, revision: number): Order => {
      return { ...last, refunds: last.refunds.map((one) => ({ ...one, ...more })), revision };
    };
    const funded = { state: 'FUNDED' as const, toFunders: [{ kind: 'PLATFORM' as const, amount: 10n }] };
    const failed = { ...funded, told: { result: 'FAILED' as const, at: later } };
    const changes = [funded, { ...funded, changedAt: later }, failed, { ...failed, state: 'FAILED' as const }];
    const orders = changes.map((more, place) => withRefund(more, place + 1));
    const steps = orders.slice(1).map((order, place) => {
      const previous = imageOf(orders[place] ?? order);
      return toEvents({ kind: 'MODIFY', item: imageOf(order), previous }).flatMap(stepsOf);
    });
    const back = { tenant: 'demo', orderNo: 'SO-1', kind: 'REFUND_BACK', about: 'R' };
    expect(steps).toEqual([[], [back], [back, { ...back, kind: 'SUBSIDY', about: '' }]]);
  });

  it('stand in its history', () => {
    expect(historyOf(all.at(-1) ?? anOrder()).map(({ at: when, event }) => [when, event])).toEqual([
      [at, 'CREATED'],
      [paidAt, 'PAID'],
      [paidAt, 'SPLIT'],
      [later, 'CONFIRMED'],
      [later, 'REFUND_ASKED'],
      [later, 'DISPUTED'],
      [later, 'DISPUTE_RESOLVED'],
    ]);
  });
});
