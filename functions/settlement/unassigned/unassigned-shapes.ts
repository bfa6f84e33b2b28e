import * as z from 'zod';
import { amountOut, page, text } from '../../../shared/http/schemas.ts';
import { marketId } from '../markets/market-shapes.ts';
import { reason } from '../orders/action-shapes.ts';
import { orderOut } from '../orders/order-out-shapes.ts';
import { ownNumber } from '../orders/order-shapes.ts';
import { orderStates } from '../orders/order-state.ts';
import { paymentIdShape } from './payment-id.ts';
import { suggestionReasons } from './suggest-orders.ts';

/** What payments that no order has taken look like to who works on them. */

const TOLD_NUMBER_LENGTH_MAX = 64;

export const paymentPath = z.strictObject({
  marketId,
  paymentId: z.string().regex(paymentIdShape, 'Send the `id` of an unassigned payment as the list has it.'),
});

export const unassignedQuery = page.extend({
  orderNo: text(TOLD_NUMBER_LENGTH_MAX).optional().meta({
    description: 'Only those of this number, and with them what something was done with.',
  }),
});

export const assignmentIn = z.strictObject({ orderNo: ownNumber }).meta({ id: 'PaymentAssignment' });
export const closingIn = z.strictObject({ reason }).meta({ id: 'PaymentClosing' });

const suggestion = z.object({
  orderNo: z.string(),
  state: z.enum(orderStates),
  toPay: amountOut.meta({ description: 'What the order still has to be paid.' }),
  because: z.array(z.enum(suggestionReasons)),
});

export const unassignedPayment = z
  .object({
    id: z.string(),
    orderNo: z.string().meta({ description: 'As it was told.' }),
    channelId: z.string(),
    transactionId: z.string(),
    amount: amountOut.optional().meta({ description: 'Absent where it could not be read, or is no payment.' }),
    fee: amountOut.optional(),
    paidAt: z.string().optional(),
    reason: z.string().meta({ description: 'The code of the problem by which no order took it.' }),
    detail: z.string(),
    content: z.string().meta({ description: 'What was read of it; fields that are not read here are not kept.' }),
    toldAt: z.string(),
    toldBy: z.string(),
    place: z
      .object({ state: z.enum(['ON_ORDER', 'SENT_BACK']), orderNo: z.string().optional() })
      .optional()
      .meta({ description: 'Where the money of the transaction is already: then this is only another telling of it.' }),
    suggestions: z.array(suggestion).meta({ description: 'Orders that it may be of, those whose amount fits first.' }),
    handled: z
      .object({
        as: z.enum(['ASSIGNED', 'SENT_BACK', 'DISMISSED']),
        at: z.string(),
        by: z.string(),
        orderNo: z.string().optional(),
        reason: z.string().optional(),
      })
      .optional(),
  })
  .meta({ id: 'UnassignedPayment' });

export const unassignedOut = z.object({ payments: z.array(unassignedPayment), nextCursor: z.string().optional() });

export const assignedOut = z.object({ payment: unassignedPayment, order: orderOut }).meta({ id: 'AssignedPayment' });
