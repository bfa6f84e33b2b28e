import { sum } from '../../../shared/money/sum.ts';
import type { Order } from '../orders/order.ts';
import { unsplitSubOrders } from '../orders/order-money.ts';
import type { Entry } from './entry.ts';
import { landedOf } from './guarded-legs.ts';
import type { AgendaLine, MarketLine, SubsidyLine } from './line.ts';
import { standingRefunds } from './standing-refunds.ts';

/**
 * Lines on the days of the market: what consumers paid and got back, and what funders gave to coupons and got back. Those of an order's
 * first payment carry what coupons took off it.
 */
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
  return [...paid, ...refunded, ...subsidyEntries(order)];
}

/** All subsidies of an order land together. */
function subsidyEntries(order: Order): Entry[] {
  const { no: orderNo, marketId, subOrders } = order;
  const owner = { kind: 'MARKET', id: marketId } as const;
  const coupons = subOrders.flatMap((subOrder) => subOrder.coupons);
  const given = landedOf(coupons);
  const date = coupons.find(({ landedOn }) => landedOn !== undefined)?.landedOn;
  if (date === undefined || given === 0n) return [];
  const landed: Entry = { id: 'subsidy', owner, date, line: { kind: 'SUBSIDY', orderNo, amount: given } };
  const back = standingRefunds(order).flatMap(({ no: refundNo, fundedOn, toFunders }): Entry[] => {
    const amount = -sum(toFunders.map((one) => one.amount));
    const line: SubsidyLine = { kind: 'SUBSIDY', orderNo, refundNo, amount };
    return amount === 0n ? [] : [{ id: `subsidy ${refundNo}`, owner, date: fundedOn, line }];
  });
  return [landed, ...back];
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
