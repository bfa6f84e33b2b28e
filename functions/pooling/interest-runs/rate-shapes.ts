import * as z from 'zod';
import { date, nonNegativeAmount, text } from '../../../shared/http/schemas.ts';
import { parseSpread } from '../interest/base-rate.ts';
import { parseRate, tierModes } from '../interest/rates.ts';

/** What rates, spreads and the base rate look like to a caller who sets them. */

const entriesMax = 200;
const tiersMax = 20;
const baseNameMax = 70;

const rateDetail = 'Send percent per year as text such as "1.50", with at most three digits and six decimals.';

export const rate = z
  .string({ error: (issue) => (issue.input === undefined ? undefined : rateDetail) })
  .regex(/^[0-9]{1,3}([.][0-9]{1,6})?$/, rateDetail)
  .transform(parseRate)
  .meta({ description: 'Percent per year, as text.', examples: ['1.50'] });

const spreadDetail = 'Send a spread in percent per year as text such as "-0.25" or "0.85".';

const spread = z
  .string({ error: (issue) => (issue.input === undefined ? undefined : spreadDetail) })
  .regex(/^-?[0-9]{1,3}([.][0-9]{1,6})?$/, spreadDetail)
  .transform(parseSpread)
  .meta({
    description:
      'Percent per year, of either sign: the rate is that of `base` and this, and follows every later change of it. Where that is below zero the rate is zero.',
    examples: ['-0.25'],
  });

const tiers = z
  .array(z.strictObject({ above: nonNegativeAmount, rate }))
  .min(1)
  .max(tiersMax)
  .check(({ value, issues }) => {
    for (const [index, { above }] of value.entries()) {
      const before = value[index - 1]?.above.minor;
      const message = tierFault(above.minor, before);
      if (message) issues.push({ code: 'custom', input: value, path: [index, 'above'], message });
    }
  });

function tierFault(above: bigint, before: bigint | undefined): string | undefined {
  if (before === undefined) return above === 0n ? undefined : 'Begin the first tier above 0.00.';
  return above > before ? undefined : 'Send tiers in order, each above the one before.';
}

const rateEntry = z
  .strictObject({
    effectiveFrom: date,
    rate: rate.optional(),
    spread: spread.optional(),
    tiers: tiers.optional(),
    mode: z.enum(tierModes).optional().meta({
      description:
        'MARGINAL (default): each part of a balance earns the rate of its tier. WHOLE: all of it earns the rate of the highest tier it reaches.',
    }),
  })
  .check(({ value, issues }) => {
    const add = (field: string, message: string) =>
      issues.push({ code: 'custom', input: value, path: [field], message });
    const told = [value.rate, value.spread, value.tiers].filter((one) => one !== undefined);
    if (told.length !== 1) add('rate', 'Send one of rate, spread and tiers.');
    if (value.mode !== undefined && value.tiers === undefined) add('mode', 'Send a mode only with tiers.');
  })
  .meta({
    id: 'InterestRateEntry',
    description: 'A rate, a spread on the base rate, or tiers of rates; in force until the next entry.',
  });

/** Entries with days that rise from one to the next. */
export function inOrder<Entry extends z.ZodType<{ readonly effectiveFrom: string }>>(entry: Entry) {
  return z
    .array(entry)
    .min(1)
    .max(entriesMax)
    .check(({ value, issues }) => {
      for (const [index, { effectiveFrom }] of value.entries()) {
        const before = value[index - 1]?.effectiveFrom;
        if (before === undefined || effectiveFrom > before) continue;
        const message = 'Send entries in order, each effective after the one before.';
        issues.push({ code: 'custom', input: value, path: [index, 'effectiveFrom'], message });
      }
    });
}

export const base = z
  .strictObject({
    name: text(baseNameMax).meta({ examples: ['LPR 1Y'] }),
    rates: inOrder(z.strictObject({ effectiveFrom: date, rate })),
  })
  .meta({
    id: 'BaseRate',
    description:
      '基准利率: the rate that the spreads of these terms are on, by date. Refused where there is no spread on it.',
  });

export const rateSchedule = inOrder(rateEntry).meta({
  id: 'InterestRates',
  description: 'Rates by the day from which they are effective, the earliest first.',
});

export type RateScheduleRequest = z.output<typeof rateSchedule>;
