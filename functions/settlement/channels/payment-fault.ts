import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Channel, PayMethod } from './channel.ts';
import { termsOn, versionOn } from './version-on.ts';

/** A payment that is told of a channel. */
export interface ChannelPayment {
  /** The day on which it is paid. */
  readonly day: PlainDate;
  /** Where it was told. */
  readonly payMethod?: PayMethod;
  /** What the consumer pays. Minor units. */
  readonly amount: bigint;
}

/** What a payment may be that its channel does not take. PAID_IN_FUTURE: by the clock that it was told by. */
export const paymentFlags = ['NOT_IN_FORCE', 'PAY_METHOD', 'BELOW_MINIMUM', 'ABOVE_MAXIMUM', 'PAID_IN_FUTURE'] as const;
export type PaymentFlag = (typeof paymentFlags)[number];

/** Why a channel does not take a payment. Minor units; the edge makes a problem of it. */
export type PaymentFault =
  | { readonly code: 'NOT_IN_FORCE'; readonly day: PlainDate }
  | { readonly code: 'PAY_METHOD'; readonly payMethods: readonly PayMethod[] }
  | { readonly code: 'BELOW_MINIMUM'; readonly minimum: bigint; readonly asked: bigint }
  | { readonly code: 'ABOVE_MAXIMUM'; readonly maximum: bigint; readonly asked: bigint };

/** All by which the channel does not take the payment; nothing where it does. Its limits are inclusive. */
export function paymentFaults(channel: Channel, { day, payMethod, amount: asked }: ChannelPayment): PaymentFault[] {
  const { minimum, maximum } = termsOn(channel, day);
  const { payMethods } = channel;
  return [
    ...when(versionOn(channel, day) === undefined, { code: 'NOT_IN_FORCE', day } as const),
    ...when(payMethod !== undefined && !payMethods.includes(payMethod), { code: 'PAY_METHOD', payMethods } as const),
    ...(minimum === undefined ? [] : when(asked < minimum, { code: 'BELOW_MINIMUM', minimum, asked } as const)),
    ...(maximum === undefined ? [] : when(asked > maximum, { code: 'ABOVE_MAXIMUM', maximum, asked } as const)),
  ];
}

function when(isFault: boolean, fault: PaymentFault): PaymentFault[] {
  return isFault ? [fault] : [];
}
