import * as z from 'zod';
import { amountOut } from '../../../shared/http/schemas.ts';
import { nextCursor, rate, refusal } from './answer-parts.ts';
import { interestRunStatuses, lineSides, starters } from './interest-run.ts';

/** What interest runs and their lines look like in answers. */

export const interestRunOut = z
  .object({
    id: z.string(),
    poolId: z.string().optional(),
    accountId: z.string().optional().meta({ description: 'Of an agreed deposit.' }),
    from: z.string(),
    to: z.string(),
    status: z.enum(interestRunStatuses).meta({
      description:
        'COMPUTING, COMPUTED (its lines are fixed), COMPLETED; PARTIAL: the ledger refused lines; FAILED: not computed, nothing booked. The same request again goes on with PARTIAL and FAILED.',
    }),
    termsVersion: z.int(),
    attempt: z.int(),
    lineCount: z.int().optional(),
    credited: amountOut.optional().meta({ description: 'Posted: what accounts got.' }),
    debited: amountOut.optional().meta({ description: 'Posted: what accounts paid.' }),
    posted: z.int().optional(),
    failed: z.int().optional(),
    zero: z.int().optional().meta({ description: 'Lines that round to nothing; they are not booked.' }),
    adjustedPeriods: z
      .array(z.string())
      .optional()
      .meta({ description: 'First days of earlier periods to which back-valued items made a difference.' }),
    exchangeRates: z
      .array(z.object({ base: z.string(), quote: z.string(), date: z.string(), rate: z.string() }))
      .optional()
      .meta({ description: 'By which other currencies were counted; as a quotient where it is no short decimal.' }),
    notional: z
      .object({
        pooled: z.object({ credit: amountOut, debit: amountOut, net: amountOut }),
        standalone: amountOut.meta({ description: 'What the bank would have paid the accounts one by one, net.' }),
        advantage: amountOut,
        header: z.object({
          own: amountOut.meta({ description: 'Its interest as one of the accounts.' }),
          remainder: amountOut.meta({ description: 'What stays with it besides. Not booked: the bank pays it.' }),
          reason: z.enum(['CENTRAL', 'NO_CONTRIBUTORS', 'MARGIN']).optional(),
        }),
      })
      .optional(),
    problem: refusal.optional(),
    startedBy: z.enum(starters).meta({ description: 'A call, or the settlement day.' }),
    startedAt: z.string(),
    endedAt: z.string().optional(),
  })
  .meta({ id: 'InterestRun' });

const days = z.int().meta({
  description:
    'Days with a balance, as the day count counts them: by ACT those of the calendar, by 30/360 months of 30.',
});
const product = z.string().meta({
  description: '积数: the sum of the balances of these days, as decimal text of amount times days.',
  examples: ['300000000.00'],
});

const segment = z.object({
  from: z.string(),
  to: z.string(),
  days,
  rate,
  above: amountOut.optional().meta({ description: 'The tier: what lies this far from zero and farther.' }),
  balance: amountOut.optional().meta({ description: 'Where it was the same on each of the days.' }),
  product,
  yearDays: z.int().meta({
    description:
      'Days of a year: 360 or 365; by ACT/ACT 366 in a leap year, which has segments of its own. The interest of the segment is product × rate % / yearDays.',
  }),
});

/** What an amount of interest comes from. */
const basis = {
  exact: z
    .string()
    .optional()
    .meta({ description: 'Before rounding: the sum over the segments; eight decimals, truncated.' }),
  product: product.optional(),
  days: days.optional(),
  segments: z.array(segment).optional(),
  segmentsLeftOut: z.int().optional(),
};

export const interestLineOut = z
  .object({
    number: z.int(),
    type: z.enum(['INTEREST', 'ADJUSTMENT']),
    accountId: z.string(),
    entity: z.string(),
    side: z.enum(lineSides).meta({
      description:
        'CREDIT: 上存, what balances above zero earned. DEBIT: 下借. SHARE: of the advantage of a notional pool.',
    }),
    amount: amountOut.meta({ description: 'What is booked: of an ADJUSTMENT, the difference.' }),
    ...basis,
    adjusts: z
      .object({
        runId: z.string(),
        from: z.string(),
        to: z.string(),
        booked: amountOut.meta({ description: 'What stood for the period before.' }),
        recomputed: amountOut.meta({ description: 'What it comes to now; `amount` is this less `booked`.' }),
        ...basis,
      })
      .optional()
      .meta({
        description:
          'Of an ADJUSTMENT: the earlier period that the difference belongs to, and what `recomputed` comes from.',
      }),
    debitAccountId: z.string(),
    creditAccountId: z.string(),
    status: z.enum(['PENDING', 'POSTED', 'FAILED', 'ZERO']),
    transferId: z.string().optional(),
    problem: refusal.optional(),
  })
  .meta({
    id: 'InterestLine',
    description:
      'Amounts, balances and products are from the account’s side: above zero it holds and gets, below zero it owes and pays.',
  });

export const interestRunsOut = z.object({ runs: z.array(interestRunOut), nextCursor });

export const interestRunWithLinesOut = interestRunOut
  .extend({ lines: z.array(interestLineOut), nextCursor })
  .meta({ id: 'InterestRunWithLines' });
