import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { orderState } from '../orders/order-state.ts';
import type { AskedPayment, Handled } from '../orders/unassigned.ts';
import type { ListedPayment } from './list-payments.ts';
import { type KeptPayment, paymentIdOf } from './payment-id.ts';
import type { Place } from './place-of.ts';
import type { Suggestion } from './suggest-orders.ts';

/** An unassigned payment as the API shows it, at an instant. */
export function presentUnassigned(listed: KeptPayment & Partial<ListedPayment>, at: string) {
  const { orderNo, payment, place, suggestions = [] } = listed;
  const { channelId, transactionId, told, reason, detail, content, toldAt, toldBy, handled } = payment;
  return {
    ...{ id: paymentIdOf(listed), orderNo, channelId, transactionId },
    ...(told && presentTold(told)),
    ...{ reason, detail, content, toldAt, toldBy },
    ...(place && { place: presentPlace(place) }),
    suggestions: suggestions.map((one) => presentSuggestion(one, at)),
    ...(handled && { handled: presentHandled(handled) }),
  };
}

function presentTold({ amount, fee, currency, paidAt }: AskedPayment) {
  const shownFee = fee === undefined ? undefined : presentAmount(fee, currency);
  return { amount: presentAmount(amount, currency), ...defined({ fee: shownFee }), paidAt };
}

function presentPlace(place: Place) {
  return place === 'SENT_BACK' ? { state: place } : { state: 'ON_ORDER' as const, orderNo: place.orderNo };
}

function presentSuggestion({ order, toPay, because }: Suggestion, at: string) {
  const { no: orderNo, currency } = order;
  return { orderNo, state: orderState(order, at), toPay: presentAmount(toPay, currency), because: [...because] };
}

function presentHandled(handled: Handled) {
  const { as, at, by } = handled;
  return { as, at, by, ...(handled.as === 'ASSIGNED' ? { orderNo: handled.orderNo } : { reason: handled.reason }) };
}
