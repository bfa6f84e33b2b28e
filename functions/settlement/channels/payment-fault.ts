import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { Channel, PayMethod } from './channel.ts';
import { versionOn } from './version-on.ts';

/** A payment that is to go through a channel. */
export interface ChannelPayment {
  /** The day on which it is paid. */
  readonly day: PlainDate;
  readonly payMethod: PayMethod;
  readonly currency: CurrencyCode;
  /** What the consumer pays. Minor units. */
  readonly amount: bigint;
}

/** Why a channel does not take a payment. Minor units; the edge makes a problem of it. */
export type PaymentFault =
  | { readonly code: 'NOT_IN_FORCE'; readonly day: PlainDate }
  | { readonly code: 'CURRENCY'; readonly currency: CurrencyCode }
  | { readonly code: 'PAY_METHOD'; readonly payMethods: readonly PayMethod[] }
  | { readonly code: 'BELOW_MINIMUM'; readonly minimum: bigint; readonly asked: bigint }
  | { readonly code: 'ABOVE_MAXIMUM'; readonly maximum: bigint; readonly asked: bigint };

/** Why the channel does not take the payment; nothing where it does. Its limits are inclusive. */
export function paymentFault(channel: Channel, payment: ChannelPayment): PaymentFault | undefined {
  const { day, payMethod, currency, amount: asked } = payment;
  const version = versionOn(channel, day);
  if (!version) return { code: 'NOT_IN_FORCE', day };
  if (currency !== channel.currency) return { code: 'CURRENCY', currency: channel.currency };
  if (!channel.payMethods.includes(payMethod)) return { code: 'PAY_METHOD', payMethods: channel.payMethods };
  const { minimum, maximum } = version;
  if (minimum !== undefined && asked < minimum) return { code: 'BELOW_MINIMUM', minimum, asked };
  if (maximum !== undefined && asked > maximum) return { code: 'ABOVE_MAXIMUM', maximum, asked };
  return undefined;
}
