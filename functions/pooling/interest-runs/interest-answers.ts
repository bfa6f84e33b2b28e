import * as z from 'zod';
import { amountOut } from '../../../shared/http/schemas.ts';
import { allocationMethods } from '../interest/allocation.ts';
import { dayCounts } from '../interest/day-count.ts';
import { tierModes } from '../interest/rates.ts';
import { settlementFrequencies } from '../interest/settlement-periods.ts';
import { interestRunStatuses, lineSides, starters } from './interest-run.ts';
import { settlements } from './interest-terms.ts';

/** What interest terms, runs and lines look like in answers. */

const rate = z.string().meta({ description: 'Percent per year.', examples: ['1.50'] });
const ratesOut = z.array(
  z.object({
    effectiveFrom: z.string(),
    rate: rate.optional(),
    spread: z
      .string()
      .optional()
      .meta({ description: 'On the base rate.', examples: ['-0.25'] }),
    tiers: z.array(z.object({ above: amountOut, rate })).optional(),
    mode: z.enum(tierModes).optional(),
  }),
);

const setBy = {
  version: z.int(),
  setAt: z.string(),
  setBy: z.object({ client: z.string(), role: z.string(), requestId: z.string() }),
};

const refusal = z.object({ code: z.string(), detail: z.string() });

const settled = {
  settlementDay: z
    .object({ frequency: z.enum(settlementFrequencies), day: z.int(), from: z.string(), time: z.string() })
    .optional(),
  nextSettlement: z
    .object({
      from: z.string(),
      to: z.string().meta({ description: 'The day after the settlement day: the first that does not count.' }),
      at: z.string(),
      fault: refusal.extend({ since: z.string() }).optional().meta({
        description: 'Why the run could not be started when it was last tried; it stays due and is tried again.',
      }),
    })
    .optional()
    .meta({ description: 'The next run by the settlement day; it is there until its figures are computed.' }),
};

export const interestTermsOut = z
  .object({
    poolId: z.string(),
    ...setBy,
    dayCount: z.enum(dayCounts),
    segmented: z.boolean(),
    ...settled,
    base: z.object({ name: z.string(), rates: z.array(z.object({ effectiveFrom: z.string(), rate })) }).optional(),
    credit: ratesOut.optional(),
    debit: ratesOut.optional(),
    members: z.array(
      z.object({
        accountId: z.string(),
        credit: ratesOut.optional(),
        debit: ratesOut.optional(),
        settlementAccountId: z.string().optional(),
      }),
    ),
    settlement: z.enum(settlements).optional().meta({ description: 'Of a PHYSICAL pool.' }),
    allocation: z
      .object({
        method: z.enum(allocationMethods),
        shares: z
          .array(z.object({ accountId: z.string(), percentage: z.string().optional(), weight: z.int().optional() }))
          .optional(),
        credit: ratesOut.optional(),
        debit: ratesOut.optional(),
      })
      .optional(),
    rateSet: z.string().optional(),
  })
  .meta({ id: 'InterestTerms' });

export const agreedDepositOut = z
  .object({
    accountId: z.string(),
    ...setBy,
    dayCount: z.enum(dayCounts),
    segmented: z.boolean(),
    ...settled,
    payerAccountId: z.string(),
    terms: z.array(z.object({ effectiveFrom: z.string(), baseAmount: amountOut, demandRate: rate, agreedRate: rate })),
  })
  .meta({ id: 'AgreedDeposit' });

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

const nextCursor = z
  .string()
  .optional()
  .meta({ description: 'Pass it as `cursor` for the next page; absent on the last.' });

export const agreedDepositsOut = z.object({ deposits: z.array(agreedDepositOut), nextCursor });

export const interestRunsOut = z.object({ runs: z.array(interestRunOut), nextCursor });

export const interestRunWithLinesOut = interestRunOut
  .extend({ lines: z.array(interestLineOut), nextCursor })
  .meta({ id: 'InterestRunWithLines' });
