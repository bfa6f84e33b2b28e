import * as z from 'zod';
import { amountOut, currency, date, id, page, text } from '../../../shared/http/schemas.ts';
import { runRulesIn, runRulesOut } from '../books/rule-shapes.ts';
import { explanationOut } from '../matches/match-shapes.ts';
import { exceptionReasons } from '../matching/decision.ts';
import { ruleCodes } from '../matching/match-rules.ts';
import { comparedAs } from './compare.ts';
import { runOutcomes } from './figures.ts';
import { runStates } from './run.ts';

/** What runs look like to a caller. */

const NAME_LENGTH_MAX = 140;

export const runIn = z
  .strictObject({
    legalEntity: text(NAME_LENGTH_MAX).optional().meta({ description: 'Receipts of this one alone.' }),
    currency: currency.optional().meta({ description: 'Receipts in this one alone.' }),
    dryRun: z.boolean().default(false).meta({ description: 'Books nothing.' }),
    rules: runRulesIn.optional().meta({ description: 'Others than the tenant’s, for this run alone.' }),
    from: date.optional().meta({
      description: 'Of a dry run: receipts paid from this day on, as if nothing of them had been matched.',
    }),
    to: date.optional().meta({ description: 'And up to this day.' }),
  })
  .check(({ value: { dryRun, from, to }, issues, value }) => {
    const refuse = (field: string, message: string) =>
      issues.push({ code: 'custom', input: value, path: [field], message });
    for (const [field, day] of Object.entries({ from, to })) {
      if (day !== undefined && !dryRun) refuse(field, 'Past days can only be tried: send it with "dryRun": true.');
    }
    if (from !== undefined && to !== undefined && to < from) refuse('to', 'The last day is before the first.');
  })
  .meta({ id: 'ReconciliationRunRequest' });

const tally = z.object({ count: z.int(), amounts: z.array(amountOut) });
const figures = z.object({
  outcomes: z.partialRecord(z.enum(runOutcomes), tally).meta({ description: 'ELSEWHERE: somebody else was faster.' }),
  rules: z.partialRecord(z.enum(ruleCodes), tally).meta({ description: 'Of those that are matched.' }),
});

export const runOut = z
  .object({
    id: z.string(),
    state: z.enum(runStates).meta({
      description: 'DECIDING: it reads all that is open. APPLYING: it books. FAILED: for good; `failure` says why.',
    }),
    legalEntity: z.string().optional(),
    currency: z.string().optional(),
    from: z.string().optional(),
    to: z.string().optional(),
    dryRun: z.boolean(),
    rules: runRulesOut,
    receipts: z.int().meta({ description: 'Looked at.' }),
    invoices: z.int(),
    progress: z
      .object({ blocks: z.int(), done: z.int() })
      .meta({ description: 'Blocks of decisions, and those booked.' }),
    decided: figures,
    result: figures
      .optional()
      .meta({ description: 'What stands of it so far, and of a failed one to the last receipt; absent of a dry run.' }),
    failure: z.string().optional().meta({
      description:
        'Why it failed, or why it did not get on so far: then it is tried again, each time after a longer while.',
    }),
    retryAt: z.string().optional().meta({ description: 'It is not tried again before.' }),
    createdAt: z.string(),
    changedAt: z.string(),
    endedAt: z.string().optional(),
  })
  .meta({ id: 'ReconciliationRun' });

export const runsOut = z.object({ runs: z.array(runOut), nextCursor: z.string().optional() });

export const decisionsOut = z
  .object({
    decisions: z.array(
      z.object({
        receiptId: z.string(),
        legalEntity: z.string(),
        amount: amountOut,
        outcome: z.enum(['MATCHED', 'SUGGESTED', 'UNMATCHED']),
        explanation: explanationOut.optional().meta({ description: 'Of MATCHED.' }),
        alternatives: z.array(explanationOut),
        customerId: z.string().optional(),
        exception: z.enum(exceptionReasons).optional(),
      }),
    ),
    nextCursor: z.string().optional(),
  })
  .meta({ id: 'RunDecisions' });

const booked = z.object({
  invoices: z.array(z.object({ invoiceId: z.string(), cleared: amountOut })),
  onAccount: amountOut,
});

export const comparisonQuery = z.strictObject({
  with: id('run').optional().meta({ description: 'Another dry run; without it, what is booked now.' }),
  ...page.shape,
});

export const comparisonOut = z
  .object({
    figures: z
      .partialRecord(z.enum(comparedAs), tally)
      .meta({ description: 'Of the receipts that this page goes through; those of all pages add up to the run.' }),
    differences: z
      .array(
        z.object({
          receiptId: z.string(),
          amount: amountOut,
          as: z.enum(comparedAs),
          run: booked.optional(),
          other: booked.optional(),
        }),
      )
      .meta({ description: 'All but SAME, by receipt.' }),
    nextCursor: z.string().optional(),
  })
  .meta({ id: 'RunComparison' });
