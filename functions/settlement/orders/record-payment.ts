import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { formatAmount } from '../../../shared/money/amount.ts';
import { Problem } from '../../../shared/problems/problem.ts';
import { findMarket } from '../markets/keep-market.ts';
import { problems } from '../problems.ts';
import type { SettlementStore } from '../store.ts';
import { type Acting, changeOrder } from './change-order.ts';
import { type KeptReason, keepPayment } from './keep-payment.ts';
import type { Order } from './order.ts';
import { readPlanFacts } from './read-plan-facts.ts';
import { isSame, type TakenPayment, takePayment, takeSlip, toldBefore } from './take-payment.ts';
import { type Telling, toldPayment } from './told-payment.ts';
import type { AskedPayment } from './unassigned.ts';

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
 * @throws Problem `settlement/order-not-found`, `settlement/market-not-found`, `settlement/channel-not-found`,
 * `settlement/payment-differs`, `settlement/too-many-payments`; those of toldPayment and of decideAndWrite.
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
      { ...asked, told: asked, content: textOf(asked), reason },
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

/** The order, with the payments that were kept for it before it came. */
export async function takeUnassigned(store: SettlementStore, order: Order, on: Acting): Promise<Order> {
  const { tenant, no, marketId } = order;
  const kept = await store.readUnassigned(tenant, no, marketId);
  let taken = order;
  for (const { told, reason, toldBy, toldAt } of kept?.payments ?? []) {
    if (!told || reason !== problems['order-not-found'].code) continue;
    const telling = { by: toldBy, at: toldAt, isBinding: true };
    try {
      taken = await takeOn(store, { tenant, no }, { asked: told, telling }, on, marketId);
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500) throw error;
      await restate(
        store,
        { tenant, orderNo: no, marketId },
        told,
        { code: error.code, detail: error.fields.detail },
        on,
      );
      continue;
    }
    await restate(store, { tenant, orderNo: no, marketId }, told, undefined, on);
  }
  return taken;
}

async function takeOn(
  store: SettlementStore,
  which: { readonly tenant: string; readonly no: string },
  { asked, telling }: { readonly asked: AskedPayment; readonly telling: Telling },
  on: Acting,
  marketId?: string,
): Promise<Order> {
  return changeOrder(
    store,
    which,
    async (order) => {
      if (marketId !== undefined && order.marketId !== marketId) {
        const detail = `There is no order ${order.no} of ${marketId}.`;
        throw problems['order-not-found'].with({ detail, orderNo: order.no });
      }
      const { channelId } = asked;
      const facts = await readPlanFacts(store, order, { channelId });
      const channel = facts.channels.get(channelId);
      if (!channel) throw channelNotFound(order.marketId, channelId);
      // What it was told before is what it is, though terms or limits were others today.
      const before = toldBefore(order, asked);
      if (before) return requireTaken(before, order, asked);
      const told = toldPayment(asked, channel, facts.market, telling);
      const result =
        channel.told === 'SLIP'
          ? takeSlip(order, { ...told, toldBy: telling.by, toldAt: telling.at })
          : takePayment(order, told, facts, on.at);
      return requireTaken(result, order, asked);
    },
    on,
  );
}

function channelNotFound(marketId: string, channelId: string) {
  const detail = `The market ${marketId} has no channel ${channelId}.`;
  return problems['channel-not-found'].with({ detail, channelId }).at({ pointer: '/channelId', detail });
}

function requireTaken(result: TakenPayment, order: Order, { transactionId }: AskedPayment): Order {
  if (result.outcome === 'TAKEN') return result.order;
  if (result.outcome === 'KNOWN') return order;
  if (result.outcome === 'TOO_MANY') {
    throw problems['too-many-payments'].with({ detail: `Order ${order.no} takes no more payments.`, transactionId });
  }
  const money = (minor: bigint) => `${formatAmount(minor, order.currency)} ${order.currency}`;
  const isFee = result.outcome === 'OTHER_FEE';
  const before = isFee ? `a fee of ${money(result.fee)}` : money(result.amount);
  const detail = `${transactionId} was told with ${before} before.`;
  const pointer = isFee ? '/fee/amount' : '/amount/amount';
  throw problems['payment-differs'].with({ detail, transactionId }).at({ pointer, detail });
}

/** Takes a kept payment off the list, or says why it stays there. */
async function restate(
  store: SettlementStore,
  { tenant, orderNo, marketId }: { readonly tenant: string; readonly orderNo: string; readonly marketId: string },
  told: AskedPayment,
  reason: KeptReason | undefined,
  { at, cause }: Acting,
): Promise<void> {
  await decideAndWrite(async () => {
    const before = await store.readUnassigned(tenant, orderNo, marketId);
    const payments = (before?.payments ?? []).flatMap((one) => {
      if (!isSame(one, told) || one.reason !== problems['order-not-found'].code) return [one];
      return reason ? [{ ...one, reason: reason.code, detail: reason.detail }] : [];
    });
    const isSettled = !before || textOf(payments) === textOf(before.payments);
    if (isSettled) return { answer: undefined };
    const next = { ...before, payments, revision: before.revision + 1, changedAt: at, cause };
    return { answer: undefined, write: () => store.writeUnassigned(next) };
  });
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_, member) => (typeof member === 'bigint' ? `${member}` : member));
}
