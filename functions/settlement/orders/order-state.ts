import { sum } from '../../../shared/money/sum.ts';
import type { Order } from './order.ts';
import { type OrderMoney, orderMoney } from './order-money.ts';
import { isEnded, isStanding } from './taken-back.ts';

export const orderStates = ['UNPAID', 'OVERDUE', 'PARTLY_PAID', 'PAID', 'SPLIT', 'REFUNDING', 'CLOSED'] as const;

/**
 * OVERDUE: its time went by without a payment; what is paid now counts, and is late. PAID: all that it costs is supervised, and some
 * of it is not split. SPLIT: all of it has its receivers, or goes into the sum of a day. REFUNDING: all of it is to go back. CLOSED:
 * all of it went back, which never changes.
 */
export type OrderState = (typeof orderStates)[number];

/** The state of an order at an instant, read off its facts. */
export function orderState(order: Order, at: string, money: OrderMoney = orderMoney(order)): OrderState {
  if (money.paid === 0n) return at > order.payBy ? 'OVERDUE' : 'UNPAID';
  const { own, back } = ownMoney(money);
  if (own > 0n && back >= own && isBack(order)) return 'CLOSED';
  if (own > 0n && (back >= own || isEnded(order))) return 'REFUNDING';
  if (!money.isSettled) return money.isPaid ? 'PAID' : 'PARTLY_PAID';
  return money.subOrders.every(({ unsplit }) => unsplit === 0n) ? 'SPLIT' : 'PAID';
}

/** What there is of an order, without what was paid beyond it, and what of that refunds give back. */
function ownMoney({ isSettled, paid, deposit, beyond, subOrders }: OrderMoney) {
  if (!isSettled) return { own: paid - beyond.amount, back: deposit.refunded - beyond.refunded };
  return { own: sum(subOrders.map((one) => one.settled)), back: sum(subOrders.map(({ refunded }) => refunded)) };
}

function isBack({ refunds }: Order): boolean {
  return refunds.filter((refund) => isStanding(refund) && !refund.isBeyond).every(({ state }) => state === 'SUCCEEDED');
}
