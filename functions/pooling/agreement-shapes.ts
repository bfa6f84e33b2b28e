import * as z from 'zod';
import { date, nonNegativeAmount, positiveAmount } from '../../shared/http/schemas.ts';
import { scheduleFaults, termFaults } from './schedule/faults.ts';
import { holidayModes, PAUSES_MAX } from './schedule/schedule.ts';

/** What agreements look like to a caller. The contract reads them, and `read-configuration.ts` turns them into the model. */

const rangesMax = 20;
const limitsMax = 5;
const levelsMax = 20;
const agreementsMax = 10;

/** '12.5' as millionths; above zero and at most a hundred percent. */
const percentage = z
  .string()
  .regex(/^[0-9]{1,3}([.][0-9]{1,4})?$/, 'Send a percentage such as "12.5", with at most four decimals.')
  .transform((text) => {
    const [whole = '', fraction = ''] = text.split('.');
    return BigInt(whole + fraction.padEnd(4, '0'));
  })
  .refine((millionths) => millionths > 0n && millionths <= 1_000_000n, 'A percentage is above 0 and at most 100.')
  .meta({ description: 'Percent of what is available, as text.', examples: ['12.5'] });

const simpleMethods = [
  z.strictObject({ method: z.literal('ZERO_BALANCE') }),
  z.strictObject({ method: z.literal('KEEP_RESERVE'), keep: nonNegativeAmount }),
  z.strictObject({ method: z.literal('FIXED'), amount: positiveAmount }),
  z.strictObject({ method: z.literal('PERCENTAGE'), percentage }),
  z.strictObject({ method: z.literal('MULTIPLE'), multiple: positiveAmount }),
] as const;

const simpleMethod = z.discriminatedUnion('method', simpleMethods);

const rangeTiers = z
  .array(z.strictObject({ from: nonNegativeAmount, to: positiveAmount.optional(), rule: simpleMethod }))
  .min(1)
  .max(rangesMax)
  .check(({ value, issues }) => {
    for (const [index, tier] of value.entries()) {
      const next = value[index + 1];
      const fault = rangeFault(tier.from.minor, tier.to?.minor, next?.from.minor);
      if (fault) issues.push({ code: 'custom', input: value, path: [index, 'to'], message: fault });
    }
  });

function rangeFault(from: bigint, to: bigint | undefined, next: bigint | undefined): string | undefined {
  if (to === undefined)
    return next === undefined ? undefined : 'Only the last range may be open; send where this one ends.';
  if (to <= from) return 'A range ends above where it begins.';
  return next !== undefined && next < to
    ? 'This range overlaps the next; send ranges in order, each from where the last ended or above.'
    : undefined;
}

const upMethod = z
  .discriminatedUnion('method', [
    ...simpleMethods,
    z.strictObject({ method: z.literal('TARGET'), target: nonNegativeAmount }),
    z.strictObject({ method: z.literal('THRESHOLD'), threshold: positiveAmount }),
    z.strictObject({ method: z.literal('COLLAR'), threshold: positiveAmount, collar: nonNegativeAmount }),
    z.strictObject({ method: z.literal('RANGE'), tiers: rangeTiers }),
    z.strictObject({ method: z.literal('COVER_OVERDRAFT') }),
  ])
  .meta({ id: 'UpMethod', description: 'How much goes up, of what is available.' });

const downMethod = z
  .discriminatedUnion('method', [
    z.strictObject({
      method: z.literal('TARGET'),
      target: nonNegativeAmount,
      mode: z.enum(['CONSTANT', 'FIXED']).default('CONSTANT').meta({
        description: 'CONSTANT lifts the account to the target; FIXED only out of its overdraft, to zero.',
      }),
    }),
    z.strictObject({ method: z.literal('ZERO_BALANCE') }),
    z.strictObject({ method: z.literal('FIXED'), amount: positiveAmount }),
  ])
  .meta({ id: 'DownMethod', description: 'How much the account needs.' });

const times = z
  .array(z.string())
  .min(1)
  .max(2)
  .meta({ description: 'HH:MM, Asia/Shanghai; one or two a day.', examples: [['18:30']] });
const holiday = z.enum(holidayModes).default('SKIP').meta({
  description:
    'A due day that is no working day: left out, moved to the next or the previous one, or run all the same.',
});
const days = z.union([
  z.enum(['PERIOD_BEGIN', 'PERIOD_END']),
  z.strictObject({ days: z.array(z.int()).min(1).max(31) }),
]);

const schedule = z
  .discriminatedUnion('frequency', [
    z.strictObject({ frequency: z.literal('DAILY'), times, holiday }),
    z.strictObject({ frequency: z.literal('WEEKLY'), weekdays: z.array(z.int()).min(1).max(7), times, holiday }),
    z.strictObject({ frequency: z.literal('TEN_DAYS'), on: days, times, holiday }),
    z.strictObject({ frequency: z.literal('MONTHLY'), on: days, times, holiday }),
    z.strictObject({ frequency: z.literal('QUARTERLY'), on: days, times, holiday }),
  ])
  .check(({ value, issues }) => {
    for (const { path, detail } of scheduleFaults(value)) {
      issues.push({ code: 'custom', input: value, path: [...path], message: detail });
    }
  })
  .meta({ id: 'SweepSchedule' });

const limit = z
  .discriminatedUnion('period', [
    z.strictObject({ period: z.enum(['DAY', 'WEEK', 'TEN_DAYS', 'MONTH', 'YEAR']), amount: nonNegativeAmount }),
    z.strictObject({ period: z.literal('RANGE'), from: date, to: date, amount: nonNegativeAmount }),
  ])
  .refine((one) => one.period !== 'RANGE' || one.from <= one.to, {
    path: ['to'],
    message: 'A range of days ends on or after its first day.',
  })
  .meta({ id: 'PeriodLimit', description: 'TEN_DAYS: the first, second and last third of a month (旬).' });

const commonFields = {
  trigger: z.enum(['SCHEDULED', 'REAL_TIME']).default('SCHEDULED'),
  schedule: schedule.optional().meta({ description: 'Without one it takes part in runs started by hand only.' }),
  effectiveFrom: date,
  expiresOn: date.optional().meta({ description: 'The last day in force.' }),
  pauses: z
    .array(z.strictObject({ from: date, to: date }))
    .max(PAUSES_MAX)
    .default([]),
  unit: positiveAmount.optional().meta({ description: 'Only whole multiples of it move.' }),
  minimum: positiveAmount.optional().meta({ description: 'Nothing below it moves.' }),
  maximum: positiveAmount.optional().meta({ description: 'Nothing above it moves at once.' }),
  limits: z.array(limit).max(limitsMax).default([]),
  triggerAmount: nonNegativeAmount.optional(),
  levels: z
    .int()
    .min(1)
    .max(levelsMax)
    .default(1)
    .meta({ description: 'REAL_TIME: how many levels one movement ripples on.' }),
};

export const upAgreement = z
  .strictObject({
    ...commonFields,
    rule: upMethod,
    sweepIfShort: z.boolean().default(false).meta({ description: 'A fixed amount that is not there moves in part.' }),
    parentsMoney: z
      .enum(['SWEEP_BACK', 'LEAVE'])
      .default('SWEEP_BACK')
      .meta({ description: 'What becomes of money that the parent sent down.' }),
    whenParentFrozen: z.enum(['SWEEP', 'SKIP']).default('SKIP'),
  })
  .check(({ value, issues }) => {
    for (const { path, detail } of [...termFaults(value), ...combinationFaults(value)]) {
      issues.push({ code: 'custom', input: value, path: [...path], message: detail });
    }
  })
  .meta({ id: 'UpAgreement', description: 'How money goes up to the parent.' });

export const downAgreement = z
  .strictObject({
    ...commonFields,
    rule: downMethod,
    partialAllowed: z.boolean().default(true).meta({ description: 'Part of the need is better than nothing.' }),
    basis: z.enum(['NONE', 'POSITION', 'LEDGER', 'BOTH']).default('NONE').meta({
      description:
        'REAL_TIME: funding is bounded by what the pool holds of the member, by its internal ledger, or by both.',
    }),
    order: z
      .enum(['CHILD_FIRST', 'PARENT_FIRST'])
      .default('CHILD_FIRST')
      .meta({ description: 'REAL_TIME: whose money pays first.' }),
  })
  .check(({ value, issues }) => {
    for (const { path, detail } of [...termFaults(value), ...combinationFaults(value)]) {
      issues.push({ code: 'custom', input: value, path: [...path], message: detail });
    }
  })
  .meta({ id: 'DownAgreement', description: 'How the parent funds the account.' });

export const upAgreements = z.array(upAgreement).max(agreementsMax).default([]);
export const downAgreements = z.array(downAgreement).max(agreementsMax).default([]);

export type UpAgreementRequest = z.output<typeof upAgreement>;
export type DownAgreementRequest = z.output<typeof downAgreement>;

interface Combination {
  readonly trigger: 'SCHEDULED' | 'REAL_TIME';
  readonly schedule?: unknown;
  readonly unit?: unknown;
  readonly minimum?: { readonly minor: bigint } | undefined;
  readonly maximum?: { readonly minor: bigint } | undefined;
  readonly rule: { readonly method: string };
}

/** Fields that contradict each other. */
function combinationFaults({ trigger, schedule, unit, minimum, maximum, rule }: Combination) {
  const faults: { path: string[]; detail: string }[] = [];
  if (trigger === 'REAL_TIME' && schedule !== undefined) {
    faults.push({ path: ['schedule'], detail: 'An agreement in real time has no schedule.' });
  }
  if (rule.method === 'MULTIPLE' && unit !== undefined) {
    faults.push({ path: ['unit'], detail: 'MULTIPLE has its unit in `multiple`.' });
  }
  if (minimum && maximum && maximum.minor < minimum.minor) {
    faults.push({ path: ['maximum'], detail: 'The maximum is not below the minimum.' });
  }
  return faults;
}
