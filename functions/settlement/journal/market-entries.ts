import { sum } from '../../../shared/money/sum.ts';
import type { Order } from '../orders/order.ts';
import { unsplitSubOrders } from '../orders/order-money.ts';
import type { Entry } from './entry.ts';
import type { AgendaLine, MarketLine } from './line.ts';
import { standingRefunds } from './standing-refunds.ts';

/** Lines on the days of the market: what consumers paid and got back. Those of an order's first payment carry its coupons. */
export function marketEntries(order: Order): Entry[] {
  const { no: orderNo, marketId, payments } = order;
  const owner = { kind: 'MARKET', id: marketId } as const;
  const coupon = sum(order.subOrders.flatMap(({ coupons }) => coupons.map(({ amount }) => amount)));
  const paid = payments.map(
    ({ channelId, transactionId, amount, fee, paidAt: at, businessDate: date }, place): Entry => {
      const line: MarketLine = {
        ...{ kind: 'PAYMENT', orderNo, channelId, transactionId, amount, fee, at },
        ...(place === 0 && { coupon }),
      };
      return { id: `payment ${JSON.stringify([channelId, transactionId])}`, owner, date, line };
    },
  );
  const refunded = standingRefunds(order).map((refund): Entry => {
    const { no: refundNo, channelId, transactionId, amount, feeBack, askedAt: at, fundedOn: date } = refund;
    const toConsumer = amount - sum(refund.toFunders.map((one) => one.amount));
    const line: MarketLine = {
      ...{ kind: 'REFUND_PAID', orderNo, channelId, transactionId, refundNo, amount: -toConsumer, fee: -feeBack, at },
    };
    return { id: `refund ${refundNo}`, owner, date, line };
  });
  return [...paid, ...refunded];
}

/** What waits for somebody, on its last day, as long as something of it is left to split. */
export function agendaEntries(order: Order): Entry[] {
  const { no: orderNo, marketId, subOrders } = order;
  if (subOrders.every(({ waitsUntil }) => waitsUntil === undefined)) return [];
  const left = unsplitSubOrders(order);
  return subOrders.flatMap(({ no: subOrderNo, waitsUntil: date }): Entry[] => {
    if (date === undefined || !left.has(subOrderNo)) return [];
    const line: AgendaLine = { kind: 'WAITS', orderNo, subOrderNo };
    return [{ id: `waits ${subOrderNo}`, owner: { kind: 'AGENDA', id: marketId }, date, line }];
  });
}
