import * as z from 'zod';
import { expectedVersion } from '../../../shared/http/expected-version.ts';
import { amountOut, type Money, nonNegativeAmount } from '../../../shared/http/schemas.ts';
import { defaultMatchRules, type MatchRules, ruleCodes } from '../matching/match-rules.ts';
import type { Tolerance } from '../matching/open-item.ts';

/** What rules of matching look like to a caller. */

const SCORE_MAX = 1_000;
const BASIS_POINTS_MAX = 1_000;
const CURRENCIES_MAX = 30;
/** What a search for a set may look at: twice as many take it many times as long. */
const CANDIDATES_MAX = 20;
const SET_SIZE_MAX = 8;

const charges = z
  .array(nonNegativeAmount)
  .max(CURRENCIES_MAX)
  .check(({ value, issues }) => {
    for (const [place, { currency }] of value.entries()) {
      if (value.findIndex((one) => one.currency === currency) === place) continue;
      const message = `${currency} stands twice; send one amount for each currency.`;
      issues.push({ code: 'custom', input: value, path: [place, 'currency'], message });
    }
  });

export const toleranceIn = z
  .strictObject({
    chargeMax: charges.meta({
      description: 'Short by up to this, by currency, a payment still clears; in other currencies by nothing.',
    }),
    basisPointsMax: z.int().min(0).max(BASIS_POINTS_MAX).meta({
      description: 'And by not more than this part of what is open: 100 is one percent.',
    }),
  })
  .meta({ id: 'ToleranceRequest', description: 'By how much a payment may be short: what a bank on the way keeps.' });

export const toleranceOut = z
  .object({ chargeMax: z.array(amountOut), basisPointsMax: z.int() })
  .meta({ id: 'Tolerance' });

/** As the model has it. */
export function toTolerance(asked: { chargeMax: readonly Money[]; basisPointsMax: number }): Tolerance {
  const chargeMax = Object.fromEntries(asked.chargeMax.map(({ currency, minor }) => [currency, minor]));
  return { chargeMax, basisPointsMax: asked.basisPointsMax };
}

/** A score from which on an explanation is booked by itself. */
export const thresholdIn = z.int().min(1).max(SCORE_MAX);

const { threshold, setCandidatesMax, setSizeMax } = defaultMatchRules;

const off = z
  .array(z.enum(ruleCodes))
  .refine((codes) => new Set(codes).size === codes.length, 'A rule stands twice; send each once.')
  .meta({ description: 'Rules that are left out.' });

const ruleFields = {
  off: off.default([]),
  threshold: thresholdIn.default(threshold).meta({
    description: 'An explanation is booked by itself from this score on, in thousandths; below it is a suggestion.',
  }),
  tolerance: toleranceIn.optional().meta({ description: 'Of customers without one of their own.' }),
  setCandidatesMax: z.int().min(2).max(CANDIDATES_MAX).default(setCandidatesMax).meta({
    description: 'A set of invoices is looked for among so many of a payer, the oldest due first.',
  }),
  setSizeMax: z.int().min(2).max(SET_SIZE_MAX).default(setSizeMax).meta({ description: 'And holds so many at most.' }),
};

const fits = (rules: { setSizeMax: number; setCandidatesMax: number }) => rules.setSizeMax <= rules.setCandidatesMax;
const doesNotFit = {
  path: ['setSizeMax'],
  message: 'A set cannot hold more than it is looked for among; send up to `setCandidatesMax`.',
};

export const rulesIn = z
  .strictObject({ ...ruleFields, expectedVersion: expectedVersion.optional() })
  .refine(fits, doesNotFit)
  .meta({ id: 'MatchRulesRequest', description: 'What is left out is as it is by default.' });

/** Those of one run. */
export const runRulesIn = z
  .strictObject(ruleFields)
  .refine(fits, doesNotFit)
  .meta({ id: 'RunRulesRequest', description: 'What is left out is as it is by default.' });

const ruleSet = {
  off: z.array(z.enum(ruleCodes)),
  threshold: z.int(),
  tolerance: toleranceOut,
  setCandidatesMax: z.int(),
  setSizeMax: z.int(),
};

export const runRulesOut = z.object(ruleSet).meta({ id: 'RunRules' });

export const rulesOut = z
  .object({
    version: z.int().meta({ description: '0 for the rules that everybody begins with.' }),
    ...ruleSet,
    changedAt: z.string().optional(),
  })
  .meta({ id: 'MatchRules' });

/** As the model has it; the order of `off` says nothing. */
export function toRules(asked: z.output<typeof runRulesIn>): MatchRules {
  return {
    off: ruleCodes.filter((code) => asked.off.includes(code)),
    threshold: asked.threshold,
    tolerance: asked.tolerance ? toTolerance(asked.tolerance) : defaultMatchRules.tolerance,
    setCandidatesMax: asked.setCandidatesMax,
    setSizeMax: asked.setSizeMax,
  };
}
