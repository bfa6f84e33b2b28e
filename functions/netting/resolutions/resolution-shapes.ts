import * as z from 'zod';
import { amountOut, currency, id, page } from '../../../shared/http/schemas.ts';
import { resolutionStates } from './resolution.ts';

/** What resolutions look like to a caller. */

/** Payments that a simulation shows; its figures count all. */
export const SIMULATED_MAX = 10_000;

export const resolutionId = id('qrs');

export const resolveIn = z
  .strictObject({ currency: currency.meta({ description: 'Whose queue is resolved.' }) })
  .meta({ id: 'QueueResolutionRequest' });

const figures = z
  .object({
    settledPayments: z.int(),
    settledAmount: amountOut,
    movedAmount: amountOut.meta({ description: 'What moved between accounts for it, all sets together.' }),
    bilateralSets: z.int(),
    multilateralSets: z.int(),
    waitingPayments: z.int().meta({ description: 'What waits is told when it has ENDED.' }),
    waitingAmount: amountOut,
  })
  .meta({ id: 'QueueFigures' });

export const resolutionOut = z
  .object({
    id: z.string(),
    centreId: z.string(),
    currency: z.string(),
    state: z.enum(resolutionStates).meta({
      description:
        'DECIDING: what settles together. SETTLING: it is posted and marked. ENDED: all that could has settled.',
    }),
    round: z
      .int()
      .meta({ description: 'What the ledger refused, as balances moved meanwhile, is decided again in the next.' }),
    figures,
    failure: z.string().optional().meta({ description: 'Why the last attempt failed.' }),
    retryAt: z.string().optional().meta({ description: 'When it is tried again.' }),
    createdAt: z.string(),
    changedAt: z.string(),
    endedAt: z.string().optional(),
  })
  .meta({ id: 'QueueResolution' });

const reason = z
  .discriminatedUnion('code', [
    z.object({ code: z.literal('SHORT_OF_FUNDS'), missing: amountOut }),
    z.object({ code: z.literal('NET_DEBIT_LIMIT'), excess: amountOut }),
    z.object({ code: z.literal('BILATERAL_LIMIT'), excess: amountOut }),
    z.object({ code: z.literal('BEHIND'), paymentId: z.string() }),
    z.object({ code: z.literal('ACCOUNT'), participant: z.string(), detail: z.string() }),
    z.object({ code: z.literal('EXCLUDED_PAIR') }),
  ])
  .meta({
    id: 'WaitingReason',
    description:
      'SHORT_OF_FUNDS and limits: by how much, after all that settles; a limit bounds what one gave on balance through the queue on ' +
      'a day of the centre. BEHIND: an earlier payment of its payer waits.',
  });

const payment = {
  paymentId: z.string(),
  reference: z.string(),
  payer: z.string(),
  payee: z.string(),
  amount: amountOut,
};

const line = z
  .discriminatedUnion('outcome', [
    z.object({
      ...payment,
      outcome: z.literal('SETTLED'),
      set: z.int().meta({ description: 'Those of one set settled together, in one balanced posting.' }),
      kind: z.enum(['BILATERAL', 'MULTILATERAL']),
    }),
    z.object({ ...payment, outcome: z.literal('WAITING'), reasons: z.array(reason) }),
  ])
  .meta({ id: 'ResolvedPayment' });

export const linesQuery = z.strictObject({ ...page.shape, outcome: z.enum(['SETTLED', 'WAITING']).optional() });
export const linesOut = z.object({ payments: z.array(line), nextCursor: z.string().optional() });

export const simulationOut = z
  .object({
    centreId: z.string(),
    currency: z.string(),
    figures,
    payments: z
      .array(line)
      .meta({ description: `What would settle, and then what would wait: ${SIMULATED_MAX} at most.` }),
  })
  .meta({ id: 'QueueSimulation' });
