import { Problem } from '../../../shared/problems/problem.ts';
import { findMarket } from '../markets/keep-market.ts';
import { problems } from '../problems.ts';
import type { SettlementStore } from '../store.ts';
import { type Acting, changeOrder } from './change-order.ts';
import { type KeptReason, keepPayment, restatePayment } from './keep-payment.ts';
import type { Order } from './order.ts';
import { channelNotFound, takeTold } from './take-told.ts';
import { type Telling, toldPayment } from './told-payment.ts';
import { type AskedPayment, contentOf, type UnassignedPayment } from './unassigned.ts';

export type RecordedPayment = { readonly order: Order } | { readonly kept: KeptReason };

/** Of which order a payment is told, and by whom. */
export interface PaymentPlace {
  readonly tenant: string;
  readonly no: string;
  /** Where the order may still be to come. */
  readonly marketId?: string;
  /** Its channel has signed it: what came is not refused. */
  readonly isSigned?: boolean;
}

/**
 * Takes a payment on its order; told again it changes nothing. One whose order is still to come is kept under its market, where that
 * is known, and taken when the order comes.
 *
 * @throws Problem `settlement/order-not-found`, `settlement/market-not-found`; those of takeTold and of decideAndWrite.
 */
export async function recordPayment(
  store: SettlementStore,
  { tenant, no, marketId, isSigned = false }: PaymentPlace,
  asked: AskedPayment,
  on: Acting,
): Promise<RecordedPayment> {
  const telling = { by: on.cause.client, at: on.at, isBinding: isSigned };
  try {
    return { order: await takeOn(store, { tenant, no }, { asked, telling }, on, marketId) };
  } catch (error) {
    const isUnknown = error instanceof Problem && error.code === problems['order-not-found'].code;
    if (!isUnknown || marketId === undefined) throw error;
    await requireTakeable(store, { tenant, marketId }, asked, telling);
    const reason: KeptReason = { code: error.code, detail: error.fields.detail };
    await keepPayment(
      store,
      { tenant, orderNo: no, marketId },
      { ...asked, told: asked, content: contentOf(asked) },
      reason,
      on,
    );
    // It may have come meanwhile, and have looked for payments before this one was kept.
    const order = await store.readOrder(tenant, no);
    return order?.marketId === marketId ? { order: await takeUnassigned(store, order, on) } : { kept: reason };
  }
}

/** What is kept is acknowledged: what can be refused of it is refused now. */
async function requireTakeable(
  store: SettlementStore,
  { tenant, marketId }: { readonly tenant: string; readonly marketId: string },
  asked: AskedPayment,
  telling: Telling,
): Promise<void> {
  const market = await findMarket(store, tenant, marketId, '/marketId');
  const channel = await store.readChannel(tenant, marketId, asked.channelId);
  if (!channel) throw channelNotFound(marketId, asked.channelId);
  toldPayment(asked, channel, market, telling);
}

/** Kept payments that are tried on an order at once: each is a write or two, and whoever makes the order waits for them. */
const keptAtOnceMax = 100;

/** The order, with the payments that were kept for it before it came; where they are many, takeKeptPayments goes on with the others. */
export async function takeUnassigned(store: SettlementStore, order: Order, on: Acting): Promise<Order> {
  const { tenant, no, marketId } = order;
  const kept = await store.readUnassigned(tenant, no, marketId);
  const place = { tenant, orderNo: no, marketId };
  let taken = order;
  const waiting = (kept?.payments ?? []).filter(isWaiting);
  for (const one of waiting.slice(0, keptAtOnceMax)) {
    const { told, toldBy, toldAt } = one;
    const telling = { by: toldBy, at: toldAt, isBinding: true };
    try {
      taken = await takeOn(store, { tenant, no }, { asked: told, telling }, on, marketId);
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500) throw error;
      await restatePayment(store, place, one, { code: error.code, detail: error.fields.detail }, on);
      continue;
    }
    await restatePayment(store, place, one, undefined, on);
  }
  return taken;
}

/** Whether it is kept until its order comes. */
export function isWaiting(payment: UnassignedPayment): payment is UnassignedPayment & { readonly told: AskedPayment } {
  return payment.told !== undefined && !payment.handled && payment.reason === problems['order-not-found'].code;
}

async function takeOn(
  store: SettlementStore,
  which: { readonly tenant: string; readonly no: string },
  told: { readonly asked: AskedPayment; readonly telling: Telling },
  on: Acting,
  marketId?: string,
): Promise<Order> {
  return changeOrder(
    store,
    which,
    (order) => {
      if (marketId === undefined || order.marketId === marketId) return takeTold(store, order, told, on.at);
      const detail = `There is no order ${order.no} of ${marketId}.`;
      throw problems['order-not-found'].with({ detail, orderNo: order.no });
    },
    on,
  );
}
