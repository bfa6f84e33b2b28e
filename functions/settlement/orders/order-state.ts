import { sum } from '../../../shared/money/sum.ts';
import type { Order } from './order.ts';
import { type OrderMoney, orderMoney } from './order-money.ts';

export const orderStates = ['UNPAID', 'PARTLY_PAID', 'PAID', 'SPLIT', 'CLOSED'] as const;

/**
 * PAID: all that it costs is supervised, and some of it is not split. SPLIT: all of it has its receivers, or goes into the sum of a day. CLOSED: its time went by
 * without a payment, or all that was paid went back.
 */
export type OrderState = (typeof orderStates)[number];

/** The state of an order at an instant, read off its facts. */
export function orderState(order: Order, at: string, money: OrderMoney = orderMoney(order)): OrderState {
  if (money.paid === 0n) return at > order.payBy ? 'CLOSED' : 'UNPAID';
  if (!money.isSettled) {
    if (money.deposit.refunded === money.deposit.amount) return 'CLOSED';
    return money.isPaid ? 'PAID' : 'PARTLY_PAID';
  }
  const settled = sum(money.subOrders.map((one) => one.settled));
  if (sum(money.subOrders.map(({ refunded }) => refunded)) === settled) return 'CLOSED';
  return money.subOrders.every(({ unsplit }) => unsplit === 0n) ? 'SPLIT' : 'PAID';
}
