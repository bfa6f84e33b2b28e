import { defined } from '../../../shared/objects/defined.ts';
import { carryOutPlans } from './carry-out-plan.ts';
import type { Order, Payment, Slip, ToldPayment } from './order.ts';
import { orderMoney } from './order-money.ts';
import type { PlanFacts } from './plan-facts.ts';
import { isEnded, isStanding } from './taken-back.ts';

/** Payments and slips of one order, at most: it has to stay one item. */
export const PAYMENTS_MAX = 20;

export type TakenPayment =
  | { readonly outcome: 'TAKEN'; readonly order: Order }
  /** It is on the order already, as it was told. */
  | { readonly outcome: 'KNOWN' }
  /** The channel told this transaction before, with another amount. */
  | { readonly outcome: 'OTHER_AMOUNT'; readonly amount: bigint }
  | { readonly outcome: 'TOO_MANY' };

/**
 * An order when a payment of it is told. Payments of all channels add up. What comes when it is paid, or was ended by a refund, is
 * kept beyond it; what comes after its time counts and shows as late. In whatever order payments are told that together pay the
 * order, it comes to the same. Where more is paid than asked for, those that were told first count: their shares are promised.
 */
export function takePayment(order: Order, told: ToldPayment, facts: PlanFacts, at: string): TakenPayment {
  const known = knownAs(order, told);
  if (known)
    return known.amount === told.amount ? { outcome: 'KNOWN' } : { outcome: 'OTHER_AMOUNT', amount: known.amount };
  if (order.payments.length + order.slips.length >= PAYMENTS_MAX) return { outcome: 'TOO_MANY' };
  return { outcome: 'TAKEN', order: carryOutPlans(withPayment(order, told), facts, at) };
}

/** An order when a slip of a payment comes in: no money of it counts until another person has confirmed it. */
export function takeSlip(order: Order, slip: Slip): TakenPayment {
  const known = knownAs(order, slip);
  if (known)
    return known.amount === slip.amount ? { outcome: 'KNOWN' } : { outcome: 'OTHER_AMOUNT', amount: known.amount };
  if (order.payments.length + order.slips.length >= PAYMENTS_MAX) return { outcome: 'TOO_MANY' };
  return { outcome: 'TAKEN', order: { ...order, slips: [...order.slips, slip] } };
}

/** An order when a slip is confirmed: it is a payment from then on. */
export function confirmSlip(order: Order, { toldBy: _by, toldAt: _at, ...told }: Slip, facts: PlanFacts, at: string) {
  const slips = order.slips.filter((slip) => !isSame(slip, told));
  return carryOutPlans(withPayment({ ...order, slips }, told), facts, at);
}

export function isSame(one: TransactionKey, other: TransactionKey): boolean {
  return one.channelId === other.channelId && one.transactionId === other.transactionId;
}

type TransactionKey = Pick<ToldPayment, 'channelId' | 'transactionId'>;

function knownAs({ payments, slips }: Order, told: ToldPayment): ToldPayment | undefined {
  return [...payments, ...slips].find((one) => isSame(one, told));
}

function withPayment(order: Order, told: ToldPayment): Order {
  const isBeyond = orderMoney(order).isPaid || isEnded(order);
  const payment: Payment = { ...told, ...defined({ isBeyond: isBeyond ? (true as const) : undefined }) };
  return { ...order, payments: [...order.payments, payment].sort(byTime) };
}

/** An order that a refund had ended, when that has taken nothing: what came meanwhile counts as if it had come then. */
export function countAgain(order: Order): Order {
  if (isEnded(order)) return order;
  const isGoingBack = (payment: Payment) =>
    order.refunds.some((refund) => refund.isBeyond && isStanding(refund) && isSame(refund, payment));
  let now = order;
  for (const payment of order.payments) {
    if (!payment.isBeyond || orderMoney(now).isPaid || isGoingBack(payment)) continue;
    const { isBeyond: _, ...counted } = payment;
    const others = now.payments.filter((one) => !isSame(one, payment));
    now = { ...now, payments: [...others, counted].sort(byTime) };
  }
  return now;
}

function byTime(one: Payment, other: Payment): number {
  return placeOf(one) < placeOf(other) ? -1 : 1;
}

function placeOf({ isBeyond, paidAt, channelId, transactionId }: Payment): string {
  return JSON.stringify([isBeyond ? 1 : 0, paidAt, channelId, transactionId]);
}

/** What an order was paid after its time, which the market may want to give back. */
export function isLate({ payBy }: Pick<Order, 'payBy'>, { paidAt }: Pick<Payment, 'paidAt'>): boolean {
  return paidAt > payBy;
}
