import type { Order } from '../orders/order.ts';
import type { KeptPayments, KeptPlace, UnassignedPayment } from '../orders/unassigned.ts';
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

/** Some of the payments that wait for somebody, by the number that they name; `count` counts numbers, each once for every page of it. */
export async function listOpenPayments(
  store: SettlementStore,
  { tenant, marketId }: MarketOf,
  { after, count }: { readonly after: string | undefined; readonly count: number },
  at: string,
): Promise<{ readonly payments: ListedPayment[]; readonly next?: string }> {
  const { unassigned, next } = await store.listUnassigned(tenant, marketId, after, count);
  const all = unassigned.map((kept) => ({ kept, shown: kept.payments }));
  const payments = await withSuggestions(store, all, at);
  return {
    payments: payments.filter(({ payment }) => !payment.handled),
    ...(next !== undefined && { next }),
  };
}

/** A page of what was kept under a number, also what something was done with; the first unless told. */
export async function listPaymentsOf(
  store: SettlementStore,
  { tenant, marketId }: MarketOf,
  { orderNo, page = 0 }: { readonly orderNo: string; readonly page?: number },
  at: string,
): Promise<{ readonly payments: ListedPayment[]; readonly next?: number }> {
  const kept = await store.readUnassigned(tenant, orderNo, marketId);
  const own = kept?.pages[page];
  if (!kept || !own) return { payments: [] };
  const payments = await withSuggestions(store, [{ kept, shown: own.payments }], at);
  return { payments, ...(page + 1 < kept.pages.length && { next: page + 1 }) };
}

type OfNumber = KeptPlace & Pick<KeptPayments, 'payments'>;

/** Payments that are shown, among all that are known under their number. */
interface Shown {
  readonly kept: OfNumber;
  readonly shown: readonly UnassignedPayment[];
}

async function withSuggestions(store: SettlementStore, all: readonly Shown[], at: string): Promise<ListedPayment[]> {
  const [first] = all;
  if (!first) return [];
  const numbers = new Set(all.flatMap(({ kept: { orderNo } }) => [orderNo, ...ordersLike(orderNo)]));
  const orders = await store.readOrdersByNo(first.kept.tenant, numbers);
  return all.flatMap(({ kept, shown }) => shown.map((payment) => listed(kept, payment, orders, at)));
}

function listed(kept: OfNumber, payment: UnassignedPayment, orders: readonly Order[], at: string): ListedPayment {
  const { orderNo, marketId } = kept;
  const named = orders.find((order) => order.no === orderNo && order.marketId === marketId);
  const place = payment.handled ? undefined : placeOf(kept, payment, named);
  const isOpen = !payment.handled && !place;
  return {
    ...{ orderNo, payment, suggestions: isOpen ? suggestOrders(payment, kept, orders, at) : [] },
    ...(place && { place }),
  };
}
