import * as z from 'zod';
import { date, id, nonNegativeAmount, text } from '../../../shared/http/schemas.ts';
import { BASIS_POINTS_ONE } from '../../../shared/money/rounding.ts';
import { sum } from '../../../shared/money/sum.ts';
import { parseSpread } from '../interest/base-rate.ts';
import { dayCounts } from '../interest/day-count.ts';
import { parseRate, tierModes } from '../interest/rates.ts';
import { settlementFrequencies } from '../interest/settlement-periods.ts';
import { membersMax, time } from '../members/member-shapes.ts';
import { settlements } from './interest-terms.ts';

/** What interest terms look like to a caller who sets them; the answers stand in `interest-answers.ts`. */

export const accountId = id('acc');
const entriesMax = 200;
const tiersMax = 20;
const baseNameMax = 70;
const weightMax = 1_000_000_000;
const versionMax = 1_000_000_000;

const rateDetail = 'Send percent per year as text such as "1.50", with at most three digits and six decimals.';

const rate = z
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
function inOrder<Entry extends z.ZodType<{ readonly effectiveFrom: string }>>(entry: Entry) {
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

const base = z
  .strictObject({
    name: text(baseNameMax).meta({ examples: ['LPR 1Y'] }),
    rates: inOrder(z.strictObject({ effectiveFrom: date, rate })),
  })
  .meta({ id: 'BaseRate', description: '基准利率: the rate that the spreads of these terms are on, by date.' });

export const rateSchedule = inOrder(rateEntry).meta({
  id: 'InterestRates',
  description: 'Rates by the day from which they are effective, the earliest first.',
});

const percentage = z
  .string()
  .regex(/^[0-9]{1,3}([.][0-9]{1,2})?$/, 'Send a percentage such as "33.33", with at most two decimals.')
  .transform((text) => {
    const [whole = '', fraction = ''] = text.split('.');
    return BigInt(whole + fraction.padEnd(2, '0'));
  })
  .meta({ examples: ['33.33'] });

const percentages = z
  .array(z.strictObject({ accountId, percentage }))
  .min(1)
  .max(membersMax)
  .check(({ value, issues }) => {
    const whole = sum(value.map((share) => share.percentage));
    if (whole === BASIS_POINTS_ONE) return;
    const message = `Send percentages that add up to exactly 100; these add up to ${inPercent(whole)}.`;
    issues.push({ code: 'custom', input: value, path: [], message });
  });

/** Basis points as percent: 9999n is '99.99'. */
function inPercent(basisPoints: bigint): string {
  return `${basisPoints / 100n}.${String(basisPoints % 100n).padStart(2, '0')}`;
}

const weights = z
  .array(z.strictObject({ accountId, weight: z.int().min(0).max(weightMax) }))
  .min(1)
  .max(membersMax)
  .refine((shares) => shares.some(({ weight }) => weight > 0), { message: 'Send at least one weight above zero.' });

const allocation = z
  .discriminatedUnion('method', [
    z.strictObject({ method: z.enum(['CENTRAL', 'ABSOLUTE_BALANCE', 'CREDIT_CONTRIBUTORS']) }),
    z.strictObject({ method: z.literal('FIXED_PERCENTAGES'), shares: percentages }),
    z.strictObject({ method: z.literal('RATIO'), shares: weights }),
    z.strictObject({
      method: z.literal('INTERNAL_RATES'),
      credit: rateSchedule.optional(),
      debit: rateSchedule.optional(),
    }),
  ])
  .meta({
    id: 'NotionalAllocation',
    description:
      'Who gets the advantage of pooling. CENTRAL: the header. ABSOLUTE_BALANCE: by balances of either sign. CREDIT_CONTRIBUTORS: by balances above zero. INTERNAL_RATES: members earn and pay rates of the group, the header keeps the margin.',
  });

const dayCount = z.enum(dayCounts).default('ACT_360').meta({
  description: 'How days become a part of a year. The first day of a period counts, the last does not (算头不算尾).',
});
const segmented = z.boolean().default(true).meta({
  description: 'Each rate counts for its own days (分段计息); otherwise that of the last day for the whole period.',
});
/**
 * By then the bank's statement of the settlement day has come, as a rule, so that what is valued on it is counted at once and
 * not as a difference in the next period; and whoever has to mend a fault is at work.
 */
const settlementTime = '09:00';
const settledFromMax = '9999-01-01';

const settlementDay = z
  .strictObject({
    frequency: z.enum(settlementFrequencies).meta({
      description:
        'Each month; March, June, September and December; June and December; or December has a settlement day.',
    }),
    day: z
      .int()
      .min(1)
      .max(31)
      .meta({ description: 'Of the month; beyond its end, its last day.', examples: [20] }),
    from: date
      .refine((from) => from < settledFromMax, `Send a day before ${settledFromMax}.`)
      .meta({
        description:
          'The first day that counts, where no period has been computed yet; later periods begin where the last one ended. May lie in the past: the periods since then are run one after the other.',
        examples: ['2026-03-21'],
      }),
    time: time.default(settlementTime).meta({
      description: 'HH:MM, Asia/Shanghai, on the day after the settlement day: the time at which the run is started.',
    }),
  })
  .meta({
    id: 'SettlementDay',
    description:
      '结息日: the period that ends with this day, which counts, is computed and booked on the next natural day. Days off are not shifted.',
  });

const expectedVersion = z.int().min(0).max(versionMax).optional().meta({
  description: 'The version that you have read, 0 for none yet; another one is refused.',
});

const memberTerms = z
  .strictObject({
    accountId,
    credit: rateSchedule.optional(),
    debit: rateSchedule.optional(),
    settlementAccountId: accountId.optional().meta({
      description:
        'NOTIONAL: the account in the currency of the pool on which a member of another currency is settled.',
    }),
  })
  .meta({
    id: 'MemberInterestTerms',
    description:
      'Rates of a member’s own; until the first is effective, those of all count. In a PHYSICAL pool they are those of the loan on the edge above the account.',
  });

export const interestTermsIn = z
  .strictObject({
    expectedVersion,
    dayCount,
    segmented,
    settlementDay: settlementDay.optional(),
    base: base.optional(),
    credit: rateSchedule.optional().meta({ description: '上存: what balances above zero earn. Without it, nothing.' }),
    debit: rateSchedule.optional().meta({ description: '下借: what balances below zero pay. Without it, nothing.' }),
    members: z.array(memberTerms).max(membersMax).default([]),
    settlement: z.enum(settlements).optional().meta({
      description:
        'PHYSICAL only, LOAN by default: interest is added to the loan, or paid in cash between the accounts of the two entities.',
    }),
    allocation: allocation.optional().meta({ description: 'NOTIONAL only, and needed there.' }),
    rateSet: z
      .string()
      .regex(
        /^[A-Za-z0-9_.-]{1,40}$/,
        'Send the name of a rate set: 1 to 40 letters, digits, underscores, dots or dashes.',
      )
      .optional()
      .meta({ description: 'NOTIONAL: the rate set by which members of other currencies are counted.' }),
  })
  .meta({ id: 'InterestTermsRequest' });

export const agreedDepositIn = z
  .strictObject({
    expectedVersion,
    dayCount,
    segmented,
    settlementDay: settlementDay.optional(),
    payerAccountId: accountId.meta({ description: 'The account that pays the interest.' }),
    terms: inOrder(
      z.strictObject({
        effectiveFrom: date,
        baseAmount: nonNegativeAmount.meta({ description: 'Up to here a balance earns the demand rate.' }),
        demandRate: rate,
        agreedRate: rate.meta({ description: 'For what exceeds the base.', examples: ['1.15'] }),
      }),
    ),
  })
  .meta({
    id: 'AgreedDepositRequest',
    description: '协定存款: a base at the demand rate, the rest at the agreed one.',
  });

export const interestPeriodIn = z
  .strictObject({
    from: date.meta({ description: 'The first day that counts.', examples: ['2026-03-01'] }),
    to: date.meta({ description: 'The day after the last that counts; not after today.', examples: ['2026-04-01'] }),
  })
  .meta({ id: 'InterestPeriod' });

export type InterestTermsRequest = z.output<typeof interestTermsIn>;
export type AgreedDepositRequest = z.output<typeof agreedDepositIn>;
export type RateScheduleRequest = z.output<typeof rateSchedule>;
