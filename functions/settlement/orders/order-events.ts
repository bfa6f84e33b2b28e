import { presentAmount } from '../../../shared/money/present.ts';
import { sum } from '../../../shared/money/sum.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { Order, OrderRefund, SubOrder } from './order.ts';
import { orderMoney } from './order-money.ts';
import { presentRefund } from './present-refund.ts';
import { receivedFacts } from './received-facts.ts';
import { isGoingBack } from './refund-result.ts';
import { isSame } from './take-payment.ts';

/** What a change of an order means: the name of an event, what it is about, and its data. */
export interface OrderFact {
  readonly name: string;
  readonly about: string;
  readonly data: object;
}

/** What happened to an order between two of its states; the first may be missing. */
export function orderFacts(before: Order | undefined, after: Order): OrderFact[] {
  const wasPaid = before !== undefined && orderMoney(before).isPaid;
  const isPaid = orderMoney(after).isPaid;
  return [
    ...(before ? [] : [createdFact(after)]),
    ...paymentFacts(before, after),
    ...(isPaid && !wasPaid ? [paidFact(after)] : []),
    ...after.subOrders.flatMap((subOrder) => subOrderFacts(before, after, subOrder)),
    ...refundFacts(before, after),
    ...disputeFacts(before, after),
  ];
}

function head({ no: orderNo, marketId }: Order) {
  return { orderNo, marketId };
}

function createdFact(order: Order): OrderFact {
  const { currency, subOrders, payBy, references } = order;
  const shown = subOrders.map(({ no, merchantId, amount, plan }) => ({
    ...{ no, merchantId, amount: presentAmount(amount, currency), split: plan.by },
  }));
  return { name: 'order-created', about: '', data: { ...head(order), subOrders: shown, payBy, references } };
}

function paidFact(order: Order): OrderFact {
  const subsidies = sum(orderMoney(order).funded.subsidies.map(({ amount }) => amount));
  return {
    name: 'order-paid',
    about: '',
    data: { ...head(order), subsidies: presentAmount(subsidies, order.currency), ...receivedFacts(order) },
  };
}

function paymentFacts(before: Order | undefined, after: Order): OrderFact[] {
  const known = before?.payments ?? [];
  const fresh = after.payments.filter((payment) => !known.some((one) => isSame(one, payment)));
  return fresh.map((payment) => {
    const { channelId, transactionId, amount, fee, paidAt, isBeyond, payMethod, flags } = payment;
    const money = { amount: presentAmount(amount, after.currency), fee: presentAmount(fee, after.currency) };
    const data = {
      ...head(after),
      channelId,
      transactionId,
      ...money,
      paidAt,
      isBeyond: isBeyond === true,
      ...defined({ payMethod, flags }),
    };
    return { name: 'order-payment-taken', about: `${channelId} ${transactionId}`, data };
  });
}

function subOrderFacts(before: Order | undefined, after: Order, subOrder: SubOrder): OrderFact[] {
  const { no: subOrderNo, merchantId, confirmedAt, splits } = subOrder;
  const earlier = before?.subOrders.find(({ no }) => no === subOrderNo);
  const known = new Set(earlier?.splits.map(({ no }) => no));
  const data = { ...head(after), subOrderNo, merchantId };
  const confirmed = { name: 'order-confirmed', about: subOrderNo, data: { ...data, confirmedAt } };
  return [
    ...(confirmedAt !== undefined && earlier?.confirmedAt === undefined ? [confirmed] : []),
    ...splits
      .filter(({ no }) => !known.has(no))
      .map(({ no, legs }) => ({
        name: 'order-split',
        about: `${subOrderNo} ${no}`,
        data: {
          ...{ ...data, splitNo: no },
          legs: legs.map(({ sequence, receiver, amount, fee, dueOn }) => ({
            ...{ sequence, receiver, amount: presentAmount(amount, after.currency) },
            ...{ fee: presentAmount(fee, after.currency), dueOn },
          })),
        },
      })),
  ];
}

function refundFacts(before: Order | undefined, after: Order): OrderFact[] {
  const known = new Map(before?.refunds.map((refund) => [refund.no, refund]));
  return after.refunds
    .filter((refund) => hasChanged(known.get(refund.no), refund))
    .map((refund) => ({
      ...{ name: 'order-refund-changed', about: refund.no },
      data: { ...head(after), refund: presentRefund(refund, after.currency), ...receivedFacts(after) },
    }));
}

/** In its state, or in that it is to go back. */
function hasChanged(before: OrderRefund | undefined, after: OrderRefund): boolean {
  return before?.state !== after.state || isGoingBack(before) !== isGoingBack(after);
}

function disputeFacts(before: Order | undefined, after: Order): OrderFact[] {
  return after.disputes.flatMap(({ openedAt, reason, resolvedAt }, place) => {
    const earlier = before?.disputes[place];
    const data = { ...head(after), openedAt, reason, ...defined({ resolvedAt }) };
    return [
      ...(earlier ? [] : [{ name: 'order-disputed', about: `${place}`, data }]),
      ...(resolvedAt !== undefined && earlier?.resolvedAt === undefined
        ? [{ name: 'order-dispute-resolved', about: `${place}`, data }]
        : []),
    ];
  });
}
