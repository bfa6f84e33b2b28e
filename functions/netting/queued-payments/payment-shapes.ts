import * as z from 'zod';
import { amountOut, currency, id, page, positiveAmount, text } from '../../../shared/http/schemas.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { faultsOut, lineNumber } from '../batches/batch-shapes.ts';
import { participantId } from '../centres/participant-shapes.ts';
import { paymentFaultCodes } from './check-payment.ts';
import { type AskedPayment, queuedStates } from './kept-payment.ts';

/** What queued payments look like to a caller. */

const REFERENCE_LENGTH_MAX = 64;
/** A payment must stay under 1 KB: what it costs to write is counted in KB. */
const DESCRIPTION_LENGTH_MAX = 80;
export const PAYMENTS_MAX = 10_000;

const reference = text(REFERENCE_LENGTH_MAX).meta({ examples: ['PAY-2026-0117'] });

const fields = {
  reference: reference.meta({ description: 'Yours: a centre has one queued payment of each, for ever.' }),
  payer: participantId,
  payee: participantId,
  amount: positiveAmount,
  description: text(DESCRIPTION_LENGTH_MAX).optional(),
};

export const paymentLineIn = z.strictObject(fields);
export const paymentIn = paymentLineIn.meta({ id: 'QueuedPaymentRequest' });

/** A line is looked at by itself, so that its faults harm no other. */
const anyLine = z.unknown().meta({ id: 'QueuedPaymentOfBatch', description: 'A QueuedPaymentRequest.' });
export const paymentsIn = z
  .strictObject({ payments: z.array(anyLine).min(1).max(PAYMENTS_MAX) })
  .meta({ id: 'QueuedPaymentsRequest' });

export const queuedPaymentId = id('qpm');

export const paymentOut = z
  .object({
    id: z.string(),
    centreId: z.string(),
    reference: z.string(),
    payer: z.string(),
    payee: z.string(),
    amount: amountOut,
    description: z.string().optional(),
    state: z.enum(queuedStates),
    number: z.int().meta({ description: 'Of the payments of one payer in a currency, lower ones are settled first.' }),
    resolutionId: z.string().optional().meta({ description: 'SETTLED: what has settled it.' }),
    queuedAt: z.string(),
    changedAt: z.string(),
  })
  .meta({ id: 'QueuedPayment' });

export const paymentBatchOut = z
  .object({
    lines: z.object({ sent: z.int(), accepted: z.int(), known: z.int(), refused: z.int() }),
    results: z.array(
      z
        .object({
          line: lineNumber,
          outcome: z.enum(['ACCEPTED', 'KNOWN', 'REFUSED']).meta({
            description: 'KNOWN: it was there already, with the same content; `state` tells what it is by now.',
          }),
          id: z.string().optional(),
          number: z.int().optional(),
          state: z.enum(queuedStates).optional(),
          ...faultsOut(paymentFaultCodes),
        })
        .meta({ id: 'QueuedPaymentResult' }),
    ),
  })
  .meta({ id: 'QueuedPaymentBatch' });

export const paymentsQuery = z
  .strictObject({
    ...page.shape,
    currency: currency.optional().meta({ description: 'Whose queue is listed.' }),
    payer: participantId.optional().meta({ description: 'With `currency`: only what this one pays.' }),
    reference: reference.optional(),
  })
  .refine((query) => (query.currency === undefined) !== (query.reference === undefined), {
    path: ['currency'],
    message: 'Send `currency`, or `reference`.',
  })
  .refine((query) => query.payer === undefined || query.currency !== undefined, {
    path: ['payer'],
    message: 'Send it with `currency`.',
  });

export const paymentsOut = z.object({ payments: z.array(paymentOut), nextCursor: z.string().optional() });

/** As the model has it. */
export function toAskedPayment(asked: z.output<typeof paymentLineIn>): AskedPayment {
  const { amount, description, ...rest } = asked;
  return {
    ...rest,
    ...{ amount: amount.minor, currency: amount.currency as AskedPayment['currency'] },
    ...defined({ description }),
  };
}
