import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { formatAmount } from '../../../shared/money/amount.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { general } from '../../../shared/problems/general.ts';
import { CLOCK_AHEAD_MS } from '../channels/clock-ahead.ts';
import { feeOf } from '../channels/fee-of.ts';
import type { MarketChannel } from '../channels/market-channel.ts';
import { type PaymentFault, paymentFaults } from '../channels/payment-fault.ts';
import { termsOn } from '../channels/version-on.ts';
import type { Market } from '../markets/market.ts';
import { problems } from '../problems.ts';
import type { ToldPayment } from './order.ts';
import type { AskedPayment } from './unassigned.ts';

/** How a payment came to be known. */
export interface Telling {
  /** The client that told it, and when. */
  readonly by: string;
  readonly at: string;
  /** Its channel has signed it, or it was acknowledged before its order came: it is not refused any more. */
  readonly isBinding: boolean;
}

/**
 * A payment in the words of an order, by the terms that its channel has on its day. What the channel does not take is refused where
 * somebody tells it; where it is binding, the money has come all the same, and the payment is flagged. One of the future counts as
 * paid when it was told, so that nobody waits for a day that a clock got wrong.
 *
 * @throws Problem `settlement/channel-not-in-force`, `settlement/payment-refused`; `request/malformed` for a foreign currency or a
 * fee above the amount, which is never taken.
 */
export function toldPayment(
  asked: AskedPayment,
  channel: MarketChannel,
  market: Pick<Market, 'currency' | 'zone'>,
  telling: Telling,
): ToldPayment {
  const { channelId, transactionId, amount, currency, payMethod } = asked;
  if (currency !== market.currency) {
    const detail = `The market is in ${market.currency}; send that.`;
    throw general.malformed.with({ detail }).at({ pointer: '/amount/currency', detail });
  }
  const isAhead = Date.parse(asked.paidAt) > Date.parse(telling.at) + CLOCK_AHEAD_MS;
  if (isAhead && !telling.isBinding) throw paidInFuture(telling.at);
  const paidAt = isAhead ? telling.at : asked.paidAt;
  const businessDate = businessDateOf(new Date(paidAt), market.zone);
  const faults = paymentFaults(channel, { day: businessDate, amount, ...(payMethod && { payMethod }) });
  const [fault] = faults;
  if (fault && !telling.isBinding) throw refused(fault, channel);
  const fee = asked.fee ?? feeOf(termsOn(channel, businessDate).fee, amount);
  if (fee > amount) {
    const detail = `The fee ${formatAmount(fee, currency)} is above the amount; send what the channel keeps of it.`;
    throw general.malformed.with({ detail }).at({ pointer: '/fee/amount', detail });
  }
  const flags = [...faults.map(({ code }) => code), ...(isAhead ? (['PAID_IN_FUTURE'] as const) : [])];
  return {
    ...{ channelId, transactionId, amount, fee, paidAt, businessDate },
    ...(payMethod && { payMethod }),
    ...(flags.length > 0 && { flags }),
  };
}

function refused(fault: PaymentFault, { id: channelId, currency }: MarketChannel) {
  if (fault.code === 'NOT_IN_FORCE') {
    const detail = `${channelId} has no terms in force on ${fault.day}.`;
    return problems['channel-not-in-force'].with({ detail, channelId, date: fault.day });
  }
  const reason = fault.code;
  if (fault.code === 'PAY_METHOD') {
    const { payMethods } = fault;
    const detail = `${channelId} takes ${payMethods.join(', ')}; send one of them.`;
    return problems['payment-refused'].with({ detail, reason, payMethods }).at({ pointer: '/payMethod', detail });
  }
  const bound =
    fault.code === 'BELOW_MINIMUM'
      ? { minimum: presentAmount(fault.minimum, currency) }
      : { maximum: presentAmount(fault.maximum, currency) };
  const [side, limit] = Object.entries(bound)[0] ?? [];
  const detail = `The ${side} of ${channelId} for one payment is ${limit?.amount} ${currency}.`;
  return problems['payment-refused'].with({ detail, reason, ...bound }).at({ pointer: '/amount/amount', detail });
}

function paidInFuture(now: string) {
  const detail = `It is ${now} now; send the instant at which it was paid.`;
  return problems['payment-refused'].with({ detail, reason: 'PAID_IN_FUTURE', now }).at({ pointer: '/paidAt', detail });
}
