import * as z from 'zod';
import { bankAccountIn, bankAccountOut } from '../../../shared/http/bank-account.ts';
import { amountOut, currency, date, positiveAmount, references, text } from '../../../shared/http/schemas.ts';
import { retryPolicy } from '../retries/retry-shapes.ts';
import { mandateStates, payerKinds, sequences } from './mandate.ts';
import { mandateFaults } from './mandate-faults.ts';

/** What mandates look like to a caller. */

export const NAME_LENGTH_MAX = 140;
const AGREEMENT_LENGTH_MAX = 35;

export const agreementNumber = z
  .string()
  .regex(
    new RegExp(`^[A-Za-z0-9/?:().,'+ -]{1,${AGREEMENT_LENGTH_MAX}}$`),
    `Send 1 to ${AGREEMENT_LENGTH_MAX} letters, digits and / - ? : ( ) . , ' +: bank files carry no others.`,
  )
  .meta({ description: 'Of the agreement between you and the payer; no two mandates have the same.' });

const payerAccount = bankAccountIn('PayerAccount', 'PayerBank');

const payerKind = z.enum(payerKinds).meta({
  description: 'PERSON for a natural person; unless told, of a card, and COMPANY of any other account.',
});

const limits = z
  .strictObject({
    perTransaction: positiveAmount.optional(),
    daily: positiveAmount.optional(),
    monthly: positiveAmount.optional(),
  })
  .meta({ id: 'MandateLimits', description: 'Inclusive; what is left out does not bound.' });

export const mandateIn = z
  .strictObject({
    agreementNumber,
    payer: z.strictObject({ name: text(NAME_LENGTH_MAX), kind: payerKind.optional(), account: payerAccount }),
    currency,
    limits: limits.default({}),
    signedOn: date.meta({ description: 'When the payer signed it.' }),
    validFrom: date,
    validTo: date.optional().meta({ description: 'The last day on which may be collected.' }),
    sequence: z.enum(sequences).default('FRST').meta({
      description: 'FRST before anything was collected, then it becomes RCUR; OOFF for one collection only.',
    }),
    retries: retryPolicy.default({ when: 'NEVER' }),
    references: references.optional(),
  })
  .check(({ value, issues }) => {
    for (const { path, detail } of mandateFaults(value)) {
      issues.push({ code: 'custom', input: value, path: [...path], message: detail });
    }
  })
  .meta({ id: 'MandateRequest' });

const usage = z.object({
  period: z.string(),
  used: amountOut,
  limit: amountOut.optional(),
  room: amountOut.optional(),
});

export const mandateOut = z
  .object({
    id: z.string(),
    agreementNumber: z.string(),
    payer: z.object({
      name: z.string(),
      kind: payerKind,
      account: bankAccountOut,
    }),
    currency: z.string(),
    limits: z.object({
      perTransaction: amountOut.optional(),
      daily: amountOut.optional(),
      monthly: amountOut.optional(),
    }),
    signedOn: z.string(),
    validFrom: z.string(),
    validTo: z.string().optional(),
    sequence: z.enum(sequences),
    retries: z.record(z.string(), z.unknown()),
    state: z.enum(mandateStates),
    revokedAt: z.string().optional(),
    references: z.record(z.string(), z.string()),
    createdAt: z.string(),
    changedAt: z.string(),
  })
  .meta({ id: 'Mandate' });

export const mandateWithUsage = mandateOut
  .extend({ today: usage, thisMonth: usage })
  .meta({ id: 'MandateWithUsage', description: 'With what is collected, or on its way, today and this month.' });

export type MandateRequest = z.output<typeof mandateIn>;
