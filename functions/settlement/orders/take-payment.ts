import { sum } from '../../../shared/money/sum.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { carryOutPlans } from './carry-out-plan.ts';
import type { Order, Payment, Slip, ToldPayment } from './order.ts';
import { orderMoney } from './order-money.ts';
import type { PlanFacts } from './plan-facts.ts';
import { isStanding } from './taken-back.ts';

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
 * order, it comes to the same. Where more is paid than asked for, those that were told first count: their shares are promised.
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

/** An order when a slip is confirmed: it is a payment from then on. */
export function confirmSlip(order: Order, { toldBy: _by, toldAt: _at, ...told }: Slip, facts: PlanFacts, at: string) {
  const slips = order.slips.filter((slip) => !isSame(slip, told));
  return carryOutPlans(withPayment({ ...order, slips }, told), facts, at);
}

export function isSame(one: TransactionKey, other: TransactionKey): boolean {
  return one.channelId === other.channelId && one.transactionId === other.transactionId;
}

type TransactionKey = Pick<ToldPayment, 'channelId' | 'transactionId'>;

/** Whether an order was told of a transaction before; a fee that is not told now contradicts none. */
export function toldBefore(
  { payments, slips }: Order,
  told: TransactionKey & Pick<ToldPayment, 'amount'> & Partial<Pick<ToldPayment, 'fee'>>,
): ToldBefore | undefined {
  const known = [...payments, ...slips].find((one) => isSame(one, told));
  if (!known) return undefined;
  if (known.amount !== told.amount) return { outcome: 'OTHER_AMOUNT', amount: known.amount };
  const isOtherFee = told.fee !== undefined && told.fee !== known.fee;
  return isOtherFee ? { outcome: 'OTHER_FEE', fee: known.fee } : { outcome: 'KNOWN' };
}

function withPayment(order: Order, told: ToldPayment): Order {
  const isBeyond = orderMoney(order).isPaid || order.refunds.some(isStanding);
  const payment: Payment = { ...told, ...defined({ isBeyond: isBeyond ? (true as const) : undefined }) };
  return { ...order, payments: [...order.payments, payment].sort(byTime) };
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

export function paidOf(payments: readonly ToldPayment[]): bigint {
  return sum(payments.map(({ amount }) => amount));
}
