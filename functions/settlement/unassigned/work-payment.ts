import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { type Acting, findOrder } from '../orders/change-order.ts';
import { nextOrder } from '../orders/next-order.ts';
import type { Order } from '../orders/order.ts';
import { isSame } from '../orders/take-payment.ts';
import { paymentHandled, takeTold } from '../orders/take-told.ts';
import type { Handled, HandledPages, KeptPayments, UnassignedPayment } from '../orders/unassigned.ts';
import { keptId } from '../orders/unassigned.ts';
import { problems } from '../problems.ts';
import type { SettlementStore } from '../store.ts';
import { type KeptPayment, readPaymentId } from './payment-id.ts';
import { type Place, placeOf } from './place-of.ts';

/** Which unassigned payment something is done with. */
export interface NamedPayment {
  readonly tenant: string;
  readonly marketId: string;
  readonly paymentId: string;
}

/**
 * Puts an unassigned payment on an order of its market, as if it had named it; a slip waits there for its confirmation. Done again
 * it changes nothing.
 *
 * @throws Problem `settlement/unassigned-payment-not-found`, `settlement/payment-handled`, `settlement/payment-has-place`,
 * `settlement/payment-unreadable`, `settlement/order-not-found`; those of takeTold and of decideAndWrite.
 */
export async function assignPayment(
  store: SettlementStore,
  which: NamedPayment,
  orderNo: string,
  on: Acting,
): Promise<KeptPayment & { readonly order: Order }> {
  return decideAndWrite(async () => {
    const { kept, payment, named, isToCome } = await readKept(store, which);
    const order = named?.no === orderNo ? named : await findOrderOf(store, which, orderNo);
    const { handled, told, toldBy: by, toldAt } = payment;
    if (handled?.as === 'ASSIGNED' && handled.orderNo === orderNo) {
      return { answer: { orderNo: kept.orderNo, payment, order } };
    }
    if (handled) throw paymentHandled(handled);
    if (!told) throw problems['payment-unreadable'].with({ detail: payment.detail });
    const place = placeOf(kept, payment, named);
    if (place && (place === 'SENT_BACK' || place.orderNo !== orderNo)) throw hasPlace(payment, place);
    const taken = await takeTold(store, order, { asked: told, telling: { by, at: toldAt, isBinding: true } }, on.at);
    const next = movedOn(order, on, taken);
    const done = withHandled(kept, payment, { as: 'ASSIGNED', orderNo, ...handledBy(on) }, on);
    const fence = named && named.no !== orderNo ? [movedOn(named, on)] : [];
    return {
      answer: { orderNo: kept.orderNo, payment: done.payment, order: next },
      write: () => store.writeHandled(done, [next, ...fence], isToCome),
    };
  });
}

/**
 * Notes that an unassigned payment goes back to who paid, at the channel: nothing of it was booked here, so there is nothing to move.
 * No order takes it any more, and an event tells whoever carries it out there. Done again it changes nothing.
 *
 * @throws Problem `settlement/unassigned-payment-not-found`, `settlement/payment-handled`, `settlement/payment-has-place`; and those
 * of decideAndWrite.
 */
export function sendBackPayment(store: SettlementStore, which: NamedPayment, reason: string, on: Acting) {
  return close(store, which, { as: 'SENT_BACK', reason }, on);
}

/**
 * Takes off the list what is no money of its own: another telling of a transaction that has its place, or what could not be read.
 * Problems: as of sendBackPayment, with `settlement/payment-has-none` in the place of `settlement/payment-has-place`.
 */
export function dismissPayment(store: SettlementStore, which: NamedPayment, reason: string, on: Acting) {
  return close(store, which, { as: 'DISMISSED', reason }, on);
}

async function close(
  store: SettlementStore,
  which: NamedPayment,
  closing: { readonly as: 'SENT_BACK' | 'DISMISSED'; readonly reason: string },
  on: Acting,
): Promise<KeptPayment> {
  return decideAndWrite<KeptPayment>(async () => {
    const { kept, payment, named, isToCome } = await readKept(store, which);
    if (payment.handled?.as === closing.as) return { answer: { orderNo: kept.orderNo, payment } };
    if (payment.handled) throw paymentHandled(payment.handled);
    const place = placeOf(kept, payment, named);
    if (closing.as === 'SENT_BACK' && place) throw hasPlace(payment, place);
    if (closing.as === 'DISMISSED' && payment.told && !place) {
      throw problems['payment-has-none'].with({ detail: `${payment.transactionId} counts nowhere else.` });
    }
    const done = withHandled(kept, payment, { ...closing, ...handledBy(on) }, on);
    return {
      answer: { orderNo: kept.orderNo, payment: done.payment },
      write: () => store.writeHandled(done, named ? [movedOn(named, on)] : [], isToCome),
    };
  });
}

/** The payment, those beside it, and the order that it names, where that is of its market and has come: it may take it any moment. */
async function readKept(store: SettlementStore, { tenant, marketId, paymentId }: NamedPayment) {
  const { orderNo, id } = readPaymentId(paymentId);
  const kept = await store.readUnassigned(tenant, orderNo, marketId);
  const payment = kept?.payments.find((one) => keptId(one) === id);
  if (!kept || !payment) {
    const detail = `${marketId} has no unassigned payment ${paymentId}.`;
    throw problems['unassigned-payment-not-found'].with({ detail, paymentId });
  }
  const order = await store.readOrder(tenant, orderNo);
  return { kept, payment, named: order?.marketId === marketId ? order : undefined, isToCome: order === undefined };
}

async function findOrderOf(store: SettlementStore, { tenant, marketId }: NamedPayment, no: string): Promise<Order> {
  const order = await findOrder(store, tenant, no);
  if (order.marketId === marketId) return order;
  const detail = `There is no order ${no} of ${marketId}.`;
  throw problems['order-not-found'].with({ detail, orderNo: no }).at({ pointer: '/orderNo', detail });
}

/**
 * An order as it was read, in its next revision: whoever is about to change it has to look again, and finds what was done with the payment.
 */
function movedOn(before: Order, { at, cause }: Acting, changed = before): Order {
  return nextOrder(before, changed, { changedAt: at, cause });
}

function handledBy({ at, cause }: Acting): Pick<Handled, 'at' | 'by'> {
  return { at, by: cause.client };
}

/**
 * The page of a payment with what was done with it, and the first: whoever does something with another telling of the same transaction,
 * on whatever page, finds it. Pages are not read at one moment, so those with another telling have to stand as they were read.
 */
function withHandled(
  { pages }: KeptPayments,
  payment: UnassignedPayment,
  handled: Handled,
  { at, cause }: Acting,
): HandledPages & { readonly payment: UnassignedPayment } {
  const done = { ...payment, handled };
  const asRead = pages.filter((page) => page.payments.some((one) => one !== payment && isSame(one, payment)));
  const changed = pages.filter((page, place) => place === 0 || page.payments.includes(payment));
  const next = changed.map(({ payments, revision, ...page }) => ({
    ...{ ...page, payments: payments.map((one) => (one === payment ? done : one)) },
    ...{ revision: revision + 1, changedAt: at, cause },
  }));
  return { payment: done, changed: next, asRead: asRead.filter((page) => !changed.includes(page)) };
}

function hasPlace({ transactionId }: UnassignedPayment, place: Place) {
  if (place === 'SENT_BACK') {
    return problems['payment-has-place'].with({ detail: `${transactionId} was sent back.`, state: place });
  }
  const { orderNo } = place;
  return problems['payment-has-place'].with({ detail: `${orderNo} has ${transactionId}.`, orderNo });
}
