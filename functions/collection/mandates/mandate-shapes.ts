import * as z from 'zod';
import { amountOut, currency, date, positiveAmount, references, text } from '../../../shared/http/schemas.ts';
import { checkBic } from '../../../shared/identifiers/bic.ts';
import { checkCnaps } from '../../../shared/identifiers/cnaps.ts';
import { checkIban } from '../../../shared/identifiers/iban.ts';
import { checkBankCard } from '../../../shared/identifiers/luhn.ts';
import { retryPolicy } from '../retries/retry-shapes.ts';
import { mandateStates, payerKinds, sequences } from './mandate.ts';
import { mandateFaults } from './mandate-faults.ts';

/** What mandates look like to a caller. */

export const NAME_LENGTH_MAX = 140;
const NUMBER_LENGTH_MAX = 34;
const AGREEMENT_LENGTH_MAX = 35;

export const agreementNumber = z
  .string()
  .regex(
    new RegExp(`^[A-Za-z0-9/?:().,'+ -]{1,${AGREEMENT_LENGTH_MAX}}$`),
    `Send 1 to ${AGREEMENT_LENGTH_MAX} letters, digits and / - ? : ( ) . , ' +: bank files carry no others.`,
  )
  .meta({ description: 'Of the agreement between you and the payer; no two mandates have the same.' });

const bankCode = (check: (code: string) => string | undefined) =>
  z
    .string()
    .max(12)
    .check(({ value, issues }) => {
      const message = check(value);
      if (message) issues.push({ code: 'custom', input: value, message });
    });

const bank = z
  .strictObject({ cnaps: bankCode(checkCnaps).optional(), bic: bankCode(checkBic).optional() })
  .refine(({ cnaps, bic }) => cnaps !== undefined || bic !== undefined, 'Send the bank’s CNAPS code, its BIC, or both.')
  .meta({ id: 'PayerBank', description: 'CNAPS code (支付系统行号) or BIC.' });

const payerAccount = z
  .strictObject({
    type: z.enum(['ACCOUNT', 'CARD']).default('ACCOUNT'),
    number: z
      .string()
      .regex(/^[A-Za-z0-9]+$/, 'Send the number without spaces and dashes.')
      .max(NUMBER_LENGTH_MAX),
    bank,
  })
  .check(({ value: { type, number }, issues }) => {
    const message = type === 'CARD' ? checkBankCard(number) : ibanFault(number);
    if (message) issues.push({ code: 'custom', input: number, path: ['number'], message });
  })
  .meta({
    id: 'PayerAccount',
    description: 'Cards check by Luhn, IBANs by their digits; account numbers of companies follow no common rule.',
  });

const payerKind = z.enum(payerKinds).meta({
  description: 'PERSON for a natural person; unless told, of a card, and COMPANY of any other account.',
});

/** Letters, then digits: nothing but an IBAN begins like that. */
function ibanFault(number: string): string | undefined {
  return /^[A-Z]{2}[0-9]{2}/i.test(number) ? checkIban(number) : undefined;
}

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
      account: z.object({
        type: z.enum(['ACCOUNT', 'CARD']),
        number: z.string().meta({ description: 'Masked.' }),
        bank: z.object({ cnaps: z.string().optional(), bic: z.string().optional() }),
      }),
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
