import pLimit from 'p-limit';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { requireChannel } from '../channels/bank-channel.ts';
import type { BankGateway, Handover, PartyAccount } from '../gateway/bank-gateway.ts';
import { messageDiffers } from '../gateway/sent-message.ts';
import { unlessFinal } from '../gateway/unless-final.ts';
import { railCalendars } from '../routing/default-rails.ts';
import { routeQuoter } from '../routing/quote-routes.ts';
import type { RailKind } from '../routing/rail.ts';
import type { CollectionTools } from '../tools.ts';
import {
  fingerprintOfAsked,
  fingerprintOfMessage,
  type Payment,
  type PaymentAsked,
  type PaymentOutcome,
  type PaymentsAsked,
  requireSound,
  toBankOrder,
} from './payment.ts';
import { planPayment } from './plan-payment.ts';

export type PaymentTools = Pick<CollectionTools, 'store' | 'gatewayOf'>;

const claimsAtOnceMax = 8;

/**
 * Sends payments, each by the rail that is chosen for it when it is first sent; those of one rail go in one message to the
 * bank. Rail and day are remembered before anything goes, so that again each goes as it went first. Answers in the order of
 * the orders; see `sendPayments` in `published.ts`.
 */
export async function sendPaymentsBy(
  tools: PaymentTools,
  tenant: string,
  asked: PaymentsAsked,
  now: Date,
): Promise<PaymentOutcome[]> {
  requireSound(asked);
  const channel = requireChannel(await tools.store.readChannel(tenant));
  const gateway = tools.gatewayOf(channel);
  const account = asked.account ?? channel.creditor;
  await requireFree(tools, tenant, asked);
  const payments = await claim(tools, tenant, asked, { gateway, account, now });
  const outcomes = await Promise.all(
    [...Map.groupBy(asked.orders, ({ id }) => railOf(payments, id))].map(async ([railKind, orders]) => {
      if (railKind === undefined) return orders.map(({ id }) => refusalOf(payments, id));
      const handover = await hand(gateway, tenant, { ...asked, account, orders }, railKind, payments, now);
      return orders.map(({ id }) => outcomeOf(payments, id, handover));
    }),
  );
  const byId = new Map(outcomes.flat().map((one) => [one.id, one]));
  return asked.orders.flatMap(({ id }) => byId.get(id) ?? []);
}

type Payments = ReadonlyMap<string, Payment>;

/** Refuses, before anything is written, what another message or other content was sent under. */
async function requireFree({ store }: PaymentTools, tenant: string, asked: PaymentsAsked): Promise<void> {
  const held = await store.readPaymentMessage(tenant, asked.id);
  if (held !== undefined && held !== fingerprintOfMessage(asked)) throw sentOtherwise(asked.id);
  requireSame(
    asked,
    await store.readPayments(
      tenant,
      asked.orders.map(({ id }) => id),
    ),
  );
}

function requireSame({ id: messageId, orders }: PaymentsAsked, payments: Payments): void {
  for (const order of orders) {
    const held = payments.get(order.id);
    if (!held || (held.messageId === messageId && held.fingerprint === fingerprintOfAsked(order))) continue;
    throw messageDiffers(
      messageId,
      `The payment ${order.id} was sent before, with other content or in another message.`,
    );
  }
}

function sentOtherwise(messageId: string) {
  return messageDiffers(messageId, `The payments ${messageId} were sent before with other orders.`);
}

/** Remembers the message and how each of its orders goes; of two who send it at once, both go by what stands. */
async function claim(
  { store }: PaymentTools,
  tenant: string,
  asked: PaymentsAsked,
  { gateway, account, now }: { readonly gateway: BankGateway; readonly account: PartyAccount; readonly now: Date },
): Promise<Payments> {
  const ids = asked.orders.map(({ id }) => id);
  if ((await store.claimPaymentMessage(tenant, asked.id, fingerprintOfMessage(asked))) === 'OTHER') {
    throw sentOtherwise(asked.id);
  }
  const known = await store.readPayments(tenant, ids);
  const open = asked.orders.filter(({ id }) => !known.has(id));
  if (open.length === 0) return known;
  const { rails, outages } = await store.readRails(tenant);
  const quote = routeQuoter({ rails, outages: outages.flatMap((held) => held.outages), calendars: railCalendars });
  const limit = pLimit(claimsAtOnceMax);
  const claimed = open.map((order) => {
    const plan = planPayment(order, { quote, account, faultOf: gateway.faultOf, now });
    return limit(() => store.claimPayment(paymentOf(tenant, asked.id, order, plan)));
  });
  await Promise.all(claimed);
  const payments = await store.readPayments(tenant, ids);
  requireSame(asked, payments);
  return payments;
}

function paymentOf(tenant: string, messageId: string, asked: PaymentAsked, plan: Payment['plan']): Payment {
  return { tenant, id: asked.id, messageId, fingerprint: fingerprintOfAsked(asked), currency: asked.currency, plan };
}

/** The orders of one rail, as one message at the bank; its id follows from the id of the whole. */
async function hand(
  gateway: BankGateway,
  tenant: string,
  { id, account, orders }: PaymentsAsked & { readonly account: PartyAccount },
  railKind: RailKind,
  payments: Payments,
  now: Date,
): Promise<Handover> {
  const bankOrders = orders.flatMap((order) => {
    const plan = payments.get(order.id)?.plan;
    return plan && 'railKind' in plan ? [toBankOrder(order, plan)] : [];
  });
  // Digits and capitals only: banks take no other.
  const messageId = deriveId('pay', tenant, id, railKind).slice('pay_'.length);
  return await gateway
    .hand({ direction: 'PAY', id: messageId, tenant, account, orders: bankOrders }, now)
    .catch(unlessFinal);
}

function railOf(payments: Payments, id: string): RailKind | undefined {
  const plan = payments.get(id)?.plan;
  return plan && 'railKind' in plan ? plan.railKind : undefined;
}

function refusalOf(payments: Payments, id: string): PaymentOutcome {
  const plan = payments.get(id)?.plan;
  return { id, outcome: 'NOT_TAKEN', text: plan && 'refused' in plan ? plan.refused : 'It is not remembered.' };
}

function outcomeOf(payments: Payments, id: string, handover: Handover): PaymentOutcome {
  const plan = payments.get(id)?.plan;
  if (!plan || 'refused' in plan) return refusalOf(payments, id);
  if (handover.outcome === 'TAKEN') return { id, outcome: 'TAKEN', ...plan };
  if (handover.outcome === 'UNKNOWN') return { id, ...handover, ...plan };
  return { id, outcome: 'NOT_TAKEN', text: handover.text };
}
