import type { Order } from '../orders/order.ts';
import type { UnassignedPayment, UnassignedPayments } from '../orders/unassigned.ts';
import type { SettlementStore } from '../store.ts';
import type { KeptPayment } from './payment-id.ts';
import { type Place, placeOf } from './place-of.ts';
import { ordersLike, type Suggestion, suggestOrders } from './suggest-orders.ts';

/** An unassigned payment as it is worked on. */
export interface ListedPayment extends KeptPayment {
  readonly place?: Place;
  readonly suggestions: readonly Suggestion[];
}

interface MarketOf {
  readonly tenant: string;
  readonly marketId: string;
}

/** A page of the payments that wait for somebody, by the number that they name; `count` counts numbers. */
export async function listOpenPayments(
  store: SettlementStore,
  { tenant, marketId }: MarketOf,
  { after, count }: { readonly after: string | undefined; readonly count: number },
  at: string,
): Promise<{ readonly payments: ListedPayment[]; readonly next?: string }> {
  const { unassigned, next } = await store.listUnassigned(tenant, marketId, after, count);
  const payments = await withSuggestions(store, unassigned, at);
  return {
    payments: payments.filter(({ payment }) => !payment.handled),
    ...(next !== undefined && { next }),
  };
}

/** All that was kept under a number, also what something was done with. */
export async function listPaymentsOf(
  store: SettlementStore,
  { tenant, marketId }: MarketOf,
  orderNo: string,
  at: string,
): Promise<ListedPayment[]> {
  const kept = await store.readUnassigned(tenant, orderNo, marketId);
  return kept ? withSuggestions(store, [kept], at) : [];
}

async function withSuggestions(
  store: SettlementStore,
  all: readonly UnassignedPayments[],
  at: string,
): Promise<ListedPayment[]> {
  const [first] = all;
  if (!first) return [];
  const numbers = new Set(all.flatMap(({ orderNo }) => [orderNo, ...ordersLike(orderNo)]));
  const orders = await store.readOrdersByNo(first.tenant, numbers);
  return all.flatMap((kept) => kept.payments.map((payment) => listed(kept, payment, orders, at)));
}

function listed(
  kept: UnassignedPayments,
  payment: UnassignedPayment,
  orders: readonly Order[],
  at: string,
): ListedPayment {
  const { orderNo, marketId } = kept;
  const named = orders.find((order) => order.no === orderNo && order.marketId === marketId);
  const place = payment.handled ? undefined : placeOf(kept, payment, named);
  const isOpen = !payment.handled && !place;
  return {
    ...{ orderNo, payment, suggestions: isOpen ? suggestOrders(payment, kept, orders, at) : [] },
    ...(place && { place }),
  };
}
