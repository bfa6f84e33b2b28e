import * as z from 'zod';
import { expectedVersion } from '../../../shared/http/expected-version.ts';
import { amountOut, id, positiveAmount, text } from '../../../shared/http/schemas.ts';
import { ruleCodes } from '../matching/match-rules.ts';
import { invoicesPerMatchMax } from './require-usable.ts';

/** What matches look like to a caller. */

const REASON_LENGTH_MAX = 140;

const allocationOut = z.object({
  invoiceId: z.string(),
  cash: amountOut,
  discount: amountOut.optional().meta({ description: 'Given for paying early.' }),
  charge: amountOut.optional().meta({ description: 'Kept by a bank on the way.' }),
});

const evidenceOut = z.object({
  kind: z.enum(['VIRTUAL_ACCOUNT', 'REFERENCE', 'ACCOUNT', 'NAME', 'AMOUNT', 'SET', 'DATE', 'TERMS']),
  found: z.string().meta({ description: 'In the receipt.' }),
  meant: z.string().meta({ description: 'On our side.' }),
});

const scoreOut = z.int().meta({ description: 'How sure it is, in thousandths.' });

export const explanationOut = z
  .object({
    place: z.int().meta({ description: 'From 1, the best: by it a suggestion is taken.' }),
    rule: z.enum(ruleCodes),
    score: scoreOut,
    customerId: z.string(),
    allocations: z.array(allocationOut),
    onAccount: amountOut,
    evidence: z.array(evidenceOut),
  })
  .meta({ id: 'MatchExplanation' });

export const matchOut = z
  .object({
    id: z.string(),
    receiptId: z.string(),
    customerId: z.string(),
    legalEntity: z.string(),
    rule: z.enum([...ruleCodes, 'NETTING', 'BY_HAND']),
    score: scoreOut,
    allocations: z.array(allocationOut),
    onAccount: amountOut.meta({ description: 'What it put on account.' }),
    fromOnAccount: amountOut.meta({ description: 'What of its cash it took from there.' }),
    evidence: z.array(evidenceOut),
    alternatives: z.array(explanationOut).meta({ description: 'Other explanations that lost, the best first.' }),
    runId: z.string().optional(),
    date: z.string(),
    madeAt: z.string(),
    undone: z.object({ at: z.string(), reason: z.string() }).optional(),
  })
  .meta({ id: 'Match' });

export const wholeMatchOut = matchOut
  .extend({
    transferId: z.string().meta({ description: 'What the ledger books it by.' }),
    undoneTransferId: z.string().optional().meta({ description: 'And what takes it back there.' }),
  })
  .meta({ id: 'WholeMatch' });

const invoiceIds = z.array(id('inv')).min(1).max(invoicesPerMatchMax);

export const matchIn = z
  .strictObject({
    suggestion: z
      .int()
      .min(1)
      .optional()
      .meta({ description: 'The place of the suggestion that is right. Needs `expectedVersion`.' }),
    invoices: invoiceIds.optional().meta({ description: 'Or the invoices that it pays, all of one customer.' }),
    expectedVersion: expectedVersion.optional(),
  })
  .refine(
    ({ suggestion, invoices }) => (suggestion === undefined) !== (invoices === undefined),
    'Send either `suggestion` or `invoices`.',
  )
  .refine(({ suggestion, expectedVersion: seen }) => suggestion === undefined || seen !== undefined, {
    path: ['expectedVersion'],
    message: 'Send the `version` of the receipt whose suggestions you saw; another one may have others in their place.',
  })
  .meta({ id: 'MatchRequest' });

export const unmatchIn = z
  .strictObject({
    matchId: id('mat').optional().meta({ description: 'Without it, all that stand.' }),
    reason: text(REASON_LENGTH_MAX),
  })
  .meta({ id: 'UnmatchRequest' });

export const allocateIn = z
  .strictObject({
    customerId: id('cus'),
    invoices: z
      .array(z.strictObject({ invoiceId: id('inv'), amount: positiveAmount }))
      .max(invoicesPerMatchMax)
      .default([]),
    onAccount: positiveAmount.optional().meta({ description: 'To be kept for the customer.' }),
    from: z
      .enum(['UNAPPLIED', 'ON_ACCOUNT'])
      .default('UNAPPLIED')
      .meta({ description: 'Where the money for the invoices comes from.' }),
    expectedVersion: expectedVersion.optional(),
  })
  .refine(({ from, onAccount }) => from === 'UNAPPLIED' || onAccount === undefined, {
    path: ['onAccount'],
    message: 'What is on account already cannot be put there; leave it out.',
  })
  .meta({ id: 'AllocationRequest' });

export const refundIn = z
  .strictObject({
    amount: positiveAmount,
    from: z.enum(['UNAPPLIED', 'ON_ACCOUNT']).default('UNAPPLIED'),
    reason: text(REASON_LENGTH_MAX),
    expectedVersion: expectedVersion.optional(),
  })
  .meta({ id: 'RefundRequest' });

export type MatchRequest = z.output<typeof matchIn>;
export type AllocateRequest = z.output<typeof allocateIn>;
export type RefundBody = z.output<typeof refundIn>;
