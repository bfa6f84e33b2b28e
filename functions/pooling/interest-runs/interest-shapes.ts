import * as z from 'zod';
import { date, id, nonNegativeAmount } from '../../../shared/http/schemas.ts';
import { BASIS_POINTS_ONE } from '../../../shared/money/rounding.ts';
import { sum } from '../../../shared/money/sum.ts';
import { dayCounts } from '../interest/day-count.ts';
import { membersMax } from '../members/member-shapes.ts';
import { settlements } from './interest-terms.ts';
import { base, inOrder, rate, rateSchedule } from './rate-shapes.ts';
import { settlementDay } from './settlement-shapes.ts';

/** What interest terms look like to a caller who sets them; the answers stand in `interest-terms-answers.ts`. */

export const accountId = id('acc');
const weightMax = 1_000_000_000;
const versionMax = 1_000_000_000;

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

/** Of balances below zero, where they are agreed otherwise than of those above. */
const debitConvention = {
  debitDayCount: z.enum(dayCounts).optional().meta({
    description: '下借: how the days of balances below zero count; as `dayCount` where it is left out.',
  }),
  debitSegmented: z.boolean().optional().meta({
    description: '下借: whether each debit rate counts for its own days; as `segmented` where it is left out.',
  }),
};

export const interestTermsIn = z
  .strictObject({
    expectedVersion,
    dayCount,
    segmented,
    ...debitConvention,
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
