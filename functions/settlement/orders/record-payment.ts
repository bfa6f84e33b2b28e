import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { formatAmount } from '../../../shared/money/amount.ts';
import { general } from '../../../shared/problems/general.ts';
import { Problem } from '../../../shared/problems/problem.ts';
import { feeOf } from '../channels/fee-of.ts';
import type { MarketChannel } from '../channels/market-channel.ts';
import { versionOn } from '../channels/version-on.ts';
import { problems } from '../problems.ts';
import type { SettlementStore } from '../store.ts';
import { type Acting, changeOrder } from './change-order.ts';
import { type KeptReason, keepPayment } from './keep-payment.ts';
import type { Order, ToldPayment } from './order.ts';
import { type ReadFacts, readPlanFacts } from './read-plan-facts.ts';
import { confirmSlip as confirm, isSame, type TakenPayment, takePayment, takeSlip } from './take-payment.ts';
import type { AskedPayment } from './unassigned.ts';

export type RecordedPayment = { readonly order: Order } | { readonly kept: KeptReason };

/**
 * Takes a payment on its order; told again it changes nothing. One whose order is still to come is kept under its market, where that
 * is known, and taken when the order comes.
 *
 * @throws Problem `settlement/order-not-found`, `settlement/channel-not-found`, `settlement/channel-not-in-force`,
 * `settlement/payment-differs`, `settlement/too-many-payments`, `request/malformed` for a foreign currency or a fee above the
 * amount; and those of decideAndWrite.
 */
export async function recordPayment(
  store: SettlementStore,
  { tenant, no, marketId }: { readonly tenant: string; readonly no: string; readonly marketId?: string },
  asked: AskedPayment,
  on: Acting,
): Promise<RecordedPayment> {
  try {
    return { order: await takeOn(store, { tenant, no }, asked, on, marketId) };
  } catch (error) {
    const isUnknown = error instanceof Problem && error.code === problems['order-not-found'].code;
    if (!isUnknown || marketId === undefined) throw error;
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

/** The order, with the payments that were kept for it before it came. */
export async function takeUnassigned(store: SettlementStore, order: Order, on: Acting): Promise<Order> {
  const { tenant, no, marketId } = order;
  const kept = await store.readUnassigned(tenant, no, marketId);
  let taken = order;
  for (const { told, reason } of kept?.payments ?? []) {
    if (!told || reason !== problems['order-not-found'].code) continue;
    try {
      taken = await takeOn(store, { tenant, no }, told, on, marketId);
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

/**
 * Confirms a slip (复核), by another client than the one who told it; confirmed again it changes nothing. Problems:
 * `settlement/order-not-found`, `settlement/payment-not-found`, `settlement/second-person-required`; and those of decideAndWrite.
 */
export async function confirmSlip(
  store: SettlementStore,
  { tenant, no }: { readonly tenant: string; readonly no: string },
  transactionId: string,
  on: Acting,
): Promise<Order> {
  return changeOrder(
    store,
    { tenant, no },
    async (order) => {
      const slip = order.slips.find((one) => one.transactionId === transactionId);
      if (!slip) {
        if (order.payments.some((one) => one.transactionId === transactionId)) return order;
        throw problems['payment-not-found'].with({ detail: `No slip ${transactionId} was told of order ${no}.` });
      }
      if (slip.toldBy === on.cause.client) {
        const detail = `${slip.toldBy} told this slip, so another one confirms it.`;
        throw problems['second-person-required'].with({ detail, toldBy: slip.toldBy });
      }
      return confirm(order, slip, await readPlanFacts(store, order, { channelId: slip.channelId }), on.at);
    },
    on,
  );
}

async function takeOn(
  store: SettlementStore,
  which: { readonly tenant: string; readonly no: string },
  asked: AskedPayment,
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
      const detail = `The market ${order.marketId} has no channel ${channelId}.`;
      if (!channel)
        throw problems['channel-not-found'].with({ detail, channelId }).at({ pointer: '/channelId', detail });
      const told = toldPayment(asked, channel, facts);
      const known = [...order.payments, ...order.slips].find((one) => isSame(one, told));
      if (known?.amount === told.amount) return order;
      const result =
        channel.told === 'SLIP'
          ? takeSlip(order, { ...told, toldBy: on.cause.client, toldAt: on.at })
          : takePayment(order, told, facts, on.at);
      return requireTaken(result, order, told);
    },
    on,
  );
}

function toldPayment(asked: AskedPayment, channel: MarketChannel, { market }: ReadFacts): ToldPayment {
  const { channelId, transactionId, amount, currency, paidAt } = asked;
  if (currency !== market.currency) {
    const detail = `The market is in ${market.currency}; send that.`;
    throw general.malformed.with({ detail }).at({ pointer: '/amount/currency', detail });
  }
  const businessDate = businessDateOf(new Date(paidAt), market.zone);
  const version = versionOn(channel, businessDate);
  if (!version) {
    const detail = `${channelId} has no terms in force on ${businessDate}.`;
    throw problems['channel-not-in-force'].with({ detail, channelId, date: businessDate });
  }
  const fee = asked.fee ?? feeOf(version.fee, amount);
  if (fee > amount) {
    const detail = `The fee ${formatAmount(fee, currency)} is above the amount; send what the channel keeps of it.`;
    throw general.malformed.with({ detail }).at({ pointer: '/fee/amount', detail });
  }
  return { channelId, transactionId, amount, fee, paidAt, businessDate };
}

function requireTaken(result: TakenPayment, order: Order, told: ToldPayment): Order {
  if (result.outcome === 'TAKEN') return result.order;
  if (result.outcome === 'KNOWN') return order;
  const { transactionId } = told;
  if (result.outcome === 'TOO_MANY') {
    throw problems['too-many-payments'].with({ detail: `Order ${order.no} takes no more payments.`, transactionId });
  }
  const before = formatAmount(result.amount, order.currency);
  const detail = `${transactionId} was told with ${before} ${order.currency} before.`;
  throw problems['payment-differs'].with({ detail, transactionId }).at({ pointer: '/amount/amount', detail });
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
