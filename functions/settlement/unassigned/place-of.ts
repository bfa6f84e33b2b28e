import type { Order } from '../orders/order.ts';
import { isSame } from '../orders/take-payment.ts';
import type { KeptPayments, UnassignedPayment } from '../orders/unassigned.ts';

/** Where the money of a transaction is: on an order, or on its way back. */
export type Place = { readonly orderNo: string } | 'SENT_BACK';

/**
 * The place that the money of an unassigned payment has already, told of the order that it names, where that has come, and of what
 * was done with other tellings of the same transaction; none where it has no place yet.
 */
export function placeOf(
  kept: Pick<KeptPayments, 'payments'>,
  payment: UnassignedPayment,
  named?: Order,
): Place | undefined {
  const onOrder = named ? [...named.payments, ...named.slips.filter(({ refused }) => !refused)] : [];
  if (named && onOrder.some((one) => isSame(one, payment))) return { orderNo: named.no };
  const others = kept.payments.filter((one) => one !== payment && isSame(one, payment));
  for (const { handled } of others) {
    if (handled?.as === 'ASSIGNED') return { orderNo: handled.orderNo };
    if (handled?.as === 'SENT_BACK') return 'SENT_BACK';
  }
  return undefined;
}
