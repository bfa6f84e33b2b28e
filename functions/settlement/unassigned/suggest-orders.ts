import type { Order } from '../orders/order.ts';
import { orderMoney } from '../orders/order-money.ts';
import { orderState } from '../orders/order-state.ts';
import type { UnassignedPayment } from '../orders/unassigned.ts';

/** An order that an unassigned payment may be of, and why it is thought so. */
export interface Suggestion {
  readonly order: Order;
  readonly toPay: bigint;
  readonly because: readonly SuggestionReason[];
}

/** SIMILAR_NUMBER: one of ordersLike. AMOUNT_TO_PAY: it is just what the order still has to be paid. */
export const suggestionReasons = ['SAME_NUMBER', 'SIMILAR_NUMBER', 'AMOUNT_TO_PAY'] as const;
export type SuggestionReason = (typeof suggestionReasons)[number];

/**
 * The numbers of orders that may be meant by one that was told: itself, in capitals or small letters, without what no number of an
 * order holds, and without the last part that systems put behind a number when they try to be paid again: `SO-1_2`. Orders have no
 * list to look through, so others are not found.
 */
export function ordersLike(orderNo: string): string[] {
  const clean = orderNo.normalize('NFKC').replace(/[^A-Za-z0-9_.-]/g, '');
  const first = clean.replace(/[_.-]\d{1,3}$/, '');
  const all = [clean, first].flatMap((one) => [one, one.toUpperCase(), one.toLowerCase()]);
  return [...new Set(all)].filter((one) => one !== '');
}

/** Orders of the market that may take the payment, those whose amount fits first. Ended ones are none. */
export function suggestOrders(
  { told }: Pick<UnassignedPayment, 'told'>,
  { orderNo, marketId }: { readonly orderNo: string; readonly marketId: string },
  orders: readonly Order[],
  at: string,
): Suggestion[] {
  if (!told) return [];
  const like = new Set(ordersLike(orderNo));
  const found = orders.filter((order) => order.marketId === marketId && like.has(order.no) && isOpen(order, at));
  const suggestions = found.map((order): Suggestion => {
    const { toPay } = orderMoney(order);
    const number = order.no === orderNo ? 'SAME_NUMBER' : 'SIMILAR_NUMBER';
    const isAmount = toPay === told.amount && order.currency === told.currency;
    return { order, toPay, because: [number, ...(isAmount ? (['AMOUNT_TO_PAY'] as const) : [])] };
  });
  return suggestions.sort((one, other) => other.because.length - one.because.length);
}

/** A late payment is one all the same: an order that timed out unpaid can still be paid. */
function isOpen(order: Order, at: string): boolean {
  return orderState(order, at) !== 'CLOSED' || orderMoney(order).paid === 0n;
}
