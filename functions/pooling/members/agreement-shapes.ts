import * as z from 'zod';
import { date, nonNegativeAmount, positiveAmount } from '../../../shared/http/schemas.ts';
import { termFaults } from '../schedule/faults.ts';
import { PAUSES_MAX } from '../schedule/schedule.ts';
import { downFaults, upFaults } from './agreement-faults.ts';
import { defaultReceipts, receiptChoices } from './receipt-terms.ts';
import { limit, schedule } from './schedule-shapes.ts';

/** What agreements look like to a caller. The contract reads them, and `read-members.ts` turns them into the model. */

const rangesMax = 20;
const limitsMax = 3;
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
  z.strictObject({ method: z.literal('ZERO_BALANCE') }).meta({ description: 'All that is available.' }),
  z
    .strictObject({ method: z.literal('KEEP_RESERVE'), keep: nonNegativeAmount })
    .meta({ description: '留底: what is above `keep`. The account also keeps it when it lends to accounts below.' }),
  z
    .strictObject({ method: z.literal('FIXED'), amount: positiveAmount })
    .meta({ description: '定额: this amount; nothing where less is available, unless `sweepIfShort`.' }),
  z
    .strictObject({ method: z.literal('PERCENTAGE'), percentage })
    .meta({ description: '按比例: so many percent of what is available, floored to the minor unit.' }),
  z
    .strictObject({ method: z.literal('MULTIPLE'), multiple: positiveAmount })
    .meta({ description: '划整留余: as many whole multiples as are available; the rest stays.' }),
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
    z
      .strictObject({ method: z.literal('TARGET'), target: nonNegativeAmount })
      .meta({ description: 'What is above the target; the account keeps it before it lends to accounts below.' }),
    z
      .strictObject({ method: z.literal('THRESHOLD'), threshold: positiveAmount })
      .meta({ description: 'All of it, once at least the threshold is available.' }),
    z
      .strictObject({ method: z.literal('COLLAR'), threshold: positiveAmount, collar: nonNegativeAmount })
      .meta({ description: 'What is above the collar, once at least the threshold is available.' }),
    z
      .strictObject({ method: z.literal('RANGE'), tiers: rangeTiers })
      .meta({ description: '按余额区间: the range [from, to) that holds the available amount says how.' }),
    z
      .strictObject({ method: z.literal('COVER_OVERDRAFT') })
      .meta({ description: 'No more than the parent is overdrawn by; several such accounts give by priority.' }),
    z.strictObject({ method: z.literal('RECALL') }).meta({
      description: '回收: no more than the parent has lent the account on balance, at the time of the schedule.',
    }),
  ])
  .meta({ id: 'UpMethod', description: 'How much goes up, of what is available.' });

const downMethod = z
  .discriminatedUnion('method', [
    z.strictObject({
      method: z.literal('TARGET'),
      target: nonNegativeAmount,
      mode: z
        .enum(['CONSTANT', 'FIXED'])
        .default('CONSTANT')
        .meta({
          description: 'CONSTANT lifts the account to the target; FIXED only out of its overdraft, to zero.',
        })
        .meta({ description: 'What is lacking to the target.' }),
    }),
    z.strictObject({ method: z.literal('ZERO_BALANCE') }).meta({ description: 'What the account is overdrawn by.' }),
    z
      .strictObject({ method: z.literal('FIXED'), amount: positiveAmount })
      .meta({ description: 'This amount each time, 拨付备用金.' }),
  ])
  .meta({ id: 'DownMethod', description: 'How much the account needs.' });

const receiptChoice = z.enum(receiptChoices);
const receipts = z
  .strictObject({
    payer: receiptChoice.default(defaultReceipts.payer),
    payee: receiptChoice.default(defaultReceipts.payee),
  })
  .default(defaultReceipts)
  .meta({
    id: 'ReceiptTerms',
    description:
      '回单 of what moves by the agreement. SINGLE: the side gets one of each movement. AGGREGATED (汇总回单): one of all movements that its account pays, or is paid, in this direction in a run. NONE: it gets none. A run keeps the terms that it was planned with.',
  });

const commonFields = {
  trigger: z.enum(['SCHEDULED', 'REAL_TIME']).default('SCHEDULED'),
  schedule: schedule.optional().meta({ description: 'Without one it takes part in runs started by hand only.' }),
  effectiveFrom: date,
  expiresOn: date.optional().meta({ description: 'The last day in force.' }),
  pauses: z
    .array(z.strictObject({ from: date, to: date.optional() }))
    .max(PAUSES_MAX)
    .default([])
    .meta({
      description: 'Both days included. Without `to`, it is paused until you send the agreement without the pause.',
    }),
  unit: positiveAmount.optional().meta({ description: 'Only whole multiples of it move.' }),
  minimum: positiveAmount.optional().meta({ description: 'Nothing below it moves.' }),
  maximum: positiveAmount.optional().meta({ description: 'Nothing above it moves at once.' }),
  limits: z.array(limit).max(limitsMax).default([]),
  triggerAmount: nonNegativeAmount.optional().meta({
    description: '触发金额: upward, only where at least this is available; downward, only where at most this is.',
  }),
  levels: z.int().min(1).max(levelsMax).optional().meta({
    description:
      '多级联动层级: how many levels one movement ripples on, this one included. With 2, what arrives at the parent goes on by the parent’s own agreement of the same trigger and then stays; a need may be met by the parent of the parent. Without it: by schedule through the whole tree, in real time one level.',
  }),
  receipts,
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
    whenParentFrozen: z.enum(['SWEEP', 'SKIP']).default('SKIP').meta({
      description: 'Whether money goes up into a parent that is frozen; it takes credits and stays there.',
    }),
  })
  .check(({ value, issues }) => {
    for (const { path, detail } of [...termFaults(value), ...upFaults(value)]) {
      issues.push({ code: 'custom', input: value, path: [...path], message: detail });
    }
  })
  .meta({ id: 'UpAgreement', description: 'How money goes up to the parent.' });

export const downAgreement = z
  .strictObject({
    ...commonFields,
    rule: downMethod.optional().meta({
      description: 'SCHEDULED: how much the account needs. In real time the need is what a payment lacks.',
    }),
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
    for (const { path, detail } of [...termFaults(value), ...downFaults(value)]) {
      issues.push({ code: 'custom', input: value, path: [...path], message: detail });
    }
  })
  .meta({ id: 'DownAgreement', description: 'How the parent funds the account.' });

export const upAgreements = z.array(upAgreement).max(agreementsMax).default([]);
export const downAgreements = z.array(downAgreement).max(agreementsMax).default([]);

export type UpAgreementRequest = z.output<typeof upAgreement>;
export type DownAgreementRequest = z.output<typeof downAgreement>;
