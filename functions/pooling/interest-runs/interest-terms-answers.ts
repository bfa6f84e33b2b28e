import * as z from 'zod';
import { amountOut } from '../../../shared/http/schemas.ts';
import { allocationMethods } from '../interest/allocation.ts';
import { dayCounts } from '../interest/day-count.ts';
import { tierModes } from '../interest/rates.ts';
import { settlementFrequencies } from '../interest/settlement-periods.ts';
import { nextCursor, rate, refusal } from './answer-parts.ts';
import { settlements } from './interest-terms.ts';

/** What interest terms look like in answers. */

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
  unsettled: z
    .object({
      runId: z.string(),
      from: z.string(),
      to: z.string(),
      failed: z.int().meta({ description: 'Lines that were refused.' }),
      problem: refusal.optional().meta({ description: 'What the first of them was refused with.' }),
      since: z.string(),
    })
    .optional()
    .meta({
      description:
        'The run of the last settlement day, where the ledger refused lines of it. They are tried again each hour of the first day, then once a day, until they are posted or the next run is due. From then on a call tries them again.',
    }),
};

export const interestTermsOut = z
  .object({
    poolId: z.string(),
    ...setBy,
    dayCount: z.enum(dayCounts),
    segmented: z.boolean(),
    debitDayCount: z.enum(dayCounts).optional(),
    debitSegmented: z.boolean().optional(),
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

export const agreedDepositsOut = z.object({ deposits: z.array(agreedDepositOut), nextCursor });
