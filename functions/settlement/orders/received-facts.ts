import { presentAmount } from '../../../shared/money/present.ts';
import { sum } from '../../../shared/money/sum.ts';
import type { Order, OrderRefund, Payment } from './order.ts';
import { orderMoney } from './order-money.ts';
import { isSame } from './take-payment.ts';

/**
 * What consumers paid of an order and got back, for those who listen: all of it as it stands, so that any event tells it whole and
 * they may come in any order. No payments until the order is paid, and none that came beyond it.
 */
export function receivedFacts(order: Order) {
  const { currency, references } = order;
  const counted = orderMoney(order).isPaid ? order.payments.filter(({ isBeyond }) => !isBeyond) : [];
  const payments = counted.map((payment) => {
    const { channelId, transactionId, amount, businessDate } = payment;
    const refunded = presentAmount(refundedOf(order, payment), currency);
    return { channelId, transactionId, amount: presentAmount(amount, currency), businessDate, refunded };
  });
  return { references, payments };
}

/** What the channel gave back of a payment; none of it before the channel has said so. Minor units. */
function refundedOf({ refunds }: Order, payment: Payment): bigint {
  const given = refunds.filter((refund) => refund.state === 'SUCCEEDED' && isSame(refund, payment));
  return sum(given.map(toConsumer));
}

function toConsumer({ amount, toFunders }: OrderRefund): bigint {
  return amount - sum(toFunders.map((one) => one.amount));
}
