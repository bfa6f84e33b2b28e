import * as z from 'zod';
import { instant, nonNegativeAmount, positiveAmount, text } from '../../../shared/http/schemas.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { channelId, payMethod } from '../channels/channel-shapes.ts';
import { marketId } from '../markets/market-shapes.ts';
import { reason } from './action-shapes.ts';
import { orderOut } from './order-out-shapes.ts';
import type { AskedPayment } from './unassigned.ts';

/** What payments look like to who tells them. */

const TRANSACTION_LENGTH_MAX = 64;

export const transactionId = text(TRANSACTION_LENGTH_MAX).meta({
  description:
    'The channel’s number of it: with the channel, it is the same payment of an order however often it is told. Told of another order ' +
    'too, it counts there as well: the channel’s file shows which of them it has not (MISSING_AT_CHANNEL).',
});

export const paymentIn = z
  .strictObject({
    channelId,
    transactionId,
    amount: positiveAmount,
    fee: nonNegativeAmount
      .optional()
      .meta({ description: 'What the channel keeps; by its terms of the day unless told.' }),
    paidAt: instant,
    payMethod: payMethod.optional(),
    marketId: marketId.optional().meta({
      description: 'Where the order may still be to come: then the payment is kept, and the order takes it.',
    }),
  })
  .refine(({ amount, fee }) => fee === undefined || fee.currency === amount.currency, {
    path: ['fee', 'currency'],
    message: 'Send the currency of the amount.',
  })
  .meta({ id: 'OrderPaymentRequest' });

export const paymentOut = z
  .object({
    outcome: z.enum(['TAKEN', 'KEPT']).meta({ description: 'KEPT: its order is still to come.' }),
    reason: z.object({ code: z.string(), detail: z.string() }).optional(),
    order: orderOut.optional(),
  })
  .meta({ id: 'OrderPayment' });

export function toAskedPayment({
  channelId: channel,
  transactionId: id,
  amount,
  fee,
  paidAt,
  payMethod: method,
}: z.output<typeof paymentIn>): AskedPayment {
  return {
    ...{ channelId: channel, transactionId: id, amount: amount.minor, currency: amount.currency, paidAt },
    ...defined({ fee: fee?.minor, payMethod: method }),
  };
}

export const slipQuery = z.strictObject({
  channelId: channelId.optional().meta({ description: 'Where several channels told a slip with this number.' }),
});

export const slipRefusalIn = z.strictObject({ reason }).meta({ id: 'SlipRefusal' });
