import { carryOutPlans } from './carry-out-plan.ts';
import type { Order, Payment, Slip, ToldPayment } from './order.ts';
import { orderMoney } from './order-money.ts';
import type { PlanFacts } from './plan-facts.ts';
import { isEnded, isStanding } from './taken-back.ts';

/** Payments and slips of one order, at most: it has to stay one item. */
export const PAYMENTS_MAX = 20;

export type TakenPayment =
  | { readonly outcome: 'TAKEN'; readonly order: Order }
  | ToldBefore
  | { readonly outcome: 'TOO_MANY' };

/** What an order says of a transaction that it was told before: as now, or with another amount or fee. */
export type ToldBefore =
  | { readonly outcome: 'KNOWN' }
  | { readonly outcome: 'OTHER_AMOUNT'; readonly amount: bigint }
  | { readonly outcome: 'OTHER_FEE'; readonly fee: bigint };

/**
 * An order when a payment of it is told. Payments of all channels add up. What comes when it is paid, or was ended by a refund, is
 * kept beyond it; what comes after its time counts and shows as late. In whatever order payments are told that together pay the
 * order, it comes to the same. Where more is paid than asked for, those that are alike count by when they were made, since what is
 * promised is the same whichever of them counts; of others those that were told first: their shares are promised, with their fee and
 * their day. That another order has the transaction too is not looked for, as each payment would write one item more: the comparison
 * with the channel shows it as a duplicate.
 */
export function takePayment(order: Order, told: ToldPayment, facts: PlanFacts, at: string): TakenPayment {
  const before = toldBefore(order, told);
  if (before) return before;
  if (order.payments.length + order.slips.length >= PAYMENTS_MAX) return { outcome: 'TOO_MANY' };
  return { outcome: 'TAKEN', order: carryOutPlans(withPayment(order, told), facts, at) };
}

/** An order when a slip of a payment comes in: no money of it counts until another person has confirmed it. */
export function takeSlip(order: Order, slip: Slip): TakenPayment {
  const before = toldBefore(order, slip);
  if (before) return before;
  if (order.payments.length + order.slips.length >= PAYMENTS_MAX) return { outcome: 'TOO_MANY' };
  return { outcome: 'TAKEN', order: { ...order, slips: [...order.slips, slip] } };
}

/** An order when one of its slips is confirmed: it is a payment from then on. */
export function confirmSlip(order: Order, slip: Slip, facts: PlanFacts, at: string): Order {
  const { toldBy: _by, toldAt: _at, ...told } = slip;
  const slips = order.slips.filter((one) => one.refused || !isSame(one, slip));
  return carryOutPlans(withPayment({ ...order, slips }, told), facts, at);
}

export function isSame(one: TransactionKey, other: TransactionKey): boolean {
  return one.channelId === other.channelId && one.transactionId === other.transactionId;
}

type TransactionKey = Pick<ToldPayment, 'channelId' | 'transactionId'>;

/**
 * Whether an order was told of a transaction before; a fee that is not told now contradicts none. Of a slip that was refused only
 * the same again is known: as the slip really has it, it is another one.
 */
export function toldBefore(
  { payments, slips }: Order,
  told: TransactionKey & Pick<ToldPayment, 'amount'> & Partial<Pick<ToldPayment, 'fee'>>,
): ToldBefore | undefined {
  const same = [...payments, ...slips].filter((one) => isSame(one, told));
  const isAsTold = ({ amount, fee }: ToldPayment) => amount === told.amount && (told.fee ?? fee) === fee;
  if (same.some(isAsTold)) return { outcome: 'KNOWN' };
  const known = same.find((one) => !('refused' in one));
  if (!known) return undefined;
  if (known.amount !== told.amount) return { outcome: 'OTHER_AMOUNT', amount: known.amount };
  return { outcome: 'OTHER_FEE', fee: known.fee };
}

function withPayment(order: Order, told: ToldPayment): Order {
  const isBeyond = orderMoney(order).isPaid || isEnded(order);
  if (!isBeyond) return { ...order, payments: [...order.payments, told].sort(byTime) };
  const later = isEnded(order) ? undefined : lastAlike(order, told);
  const beyond = { ...(later ?? told), isBeyond: true as const };
  const others = order.payments.filter((payment) => payment !== later);
  return { ...order, payments: [...others, ...(later ? [told] : []), beyond].sort(byTime) };
}

/** The last payment that counts, was made after another, and whose place that can take: alike in all that shares depend on. */
function lastAlike({ payments, refunds }: Order, told: ToldPayment): Payment | undefined {
  const isAlike = (one: Payment) =>
    one.channelId === told.channelId &&
    one.amount === told.amount &&
    one.fee === told.fee &&
    one.businessDate === told.businessDate;
  const isRefunded = (one: Payment) => refunds.some((refund) => isSame(refund, one));
  return payments.findLast((one) => !one.isBeyond && isAlike(one) && !isRefunded(one) && placeOf(told) < placeOf(one));
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
