import { formatAmount } from '../../../shared/money/amount.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { problems } from '../problems.ts';
import type { SettlementStore } from '../store.ts';
import type { Order } from './order.ts';
import { readPlanFacts } from './read-plan-facts.ts';
import { isSame, type TakenPayment, takePayment, takeSlip, toldBefore } from './take-payment.ts';
import { type Telling, toldPayment } from './told-payment.ts';
import type { AskedPayment, Handled } from './unassigned.ts';

/**
 * An order with a payment or slip that is told of it; the same where it was told before. To be decided on the order as it was read:
 * what was done with the payment before it is looked at behind that, and whoever does something with it moves the order on.
 *
 * @throws Problem `settlement/channel-not-found`, `settlement/payment-differs`, `settlement/payment-handled`,
 * `settlement/too-many-payments`; those of toldPayment.
 */
export async function takeTold(
  store: SettlementStore,
  order: Order,
  { asked, telling }: { readonly asked: AskedPayment; readonly telling: Telling },
  at: string,
): Promise<Order> {
  const { tenant, no, marketId } = order;
  const { channelId } = asked;
  const [facts, kept] = await Promise.all([
    readPlanFacts(store, order, { channelId }),
    store.readUnassigned(tenant, no, marketId),
  ]);
  const channel = facts.channels.get(channelId);
  if (!channel) throw channelNotFound(marketId, channelId);
  // What it was told before is what it is, though terms or limits were others today.
  const before = toldBefore(order, asked);
  if (before) return requireTaken(before, order, asked);
  const handled = kept?.payments.find((one) => isSame(one, asked) && one.handled && one.handled.as !== 'DISMISSED');
  if (handled?.handled) throw paymentHandled(handled.handled);
  const told = toldPayment(asked, channel, facts.market, telling);
  const result =
    channel.told === 'SLIP'
      ? takeSlip(order, { ...told, toldBy: telling.by, toldAt: telling.at })
      : takePayment(order, told, facts, at);
  return requireTaken(result, order, asked);
}

export function channelNotFound(marketId: string, channelId: string) {
  const detail = `The market ${marketId} has no channel ${channelId}.`;
  return problems['channel-not-found'].with({ detail, channelId }).at({ pointer: '/channelId', detail });
}

/** Problem `settlement/payment-handled`, with what was done. */
export function paymentHandled(handled: Handled) {
  const { as: state, by, at } = handled;
  const orderNo = handled.as === 'ASSIGNED' ? handled.orderNo : undefined;
  const detail = `${by} had it ${state}${orderNo === undefined ? '' : ` to ${orderNo}`} at ${at}.`;
  return problems['payment-handled'].with({ detail, state, ...defined({ orderNo }) });
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
