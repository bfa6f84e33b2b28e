import * as z from 'zod';
import { checkBic } from '../identifiers/bic.ts';
import { checkCnaps } from '../identifiers/cnaps.ts';
import { checkIban } from '../identifiers/iban.ts';
import { checkBankCard } from '../identifiers/luhn.ts';
import { bankAccountTypes } from './present-bank-account.ts';

/** Accounts of others at their banks, as requests name them and answers show them. */

const NUMBER_LENGTH_MAX = 34;
/** An account or card with its bank, its number in full; the ids are those of the schemas in the reference. */
export function bankAccountIn(id: string, bankId: string) {
  return z
    .strictObject({
      type: z.enum(bankAccountTypes).default('ACCOUNT'),
      number: z
        .string()
        .regex(/^[A-Za-z0-9]+$/, 'Send the number in full, without spaces, dashes and stars.')
        .max(NUMBER_LENGTH_MAX),
      bank: bankIn(bankId),
    })
    .check(({ value: { type, number }, issues }) => {
      const message = type === 'CARD' ? checkBankCard(number) : ibanFault(number);
      if (message) issues.push({ code: 'custom', input: number, path: ['number'], message });
    })
    .meta({
      id,
      description: 'Cards check by Luhn, IBANs by their digits; account numbers of companies follow no common rule.',
    });
}

export const bankAccountOut = z.object({
  type: z.enum(bankAccountTypes),
  number: z.string().meta({ description: 'Masked.' }),
  bank: z.object({ cnaps: z.string().optional(), bic: z.string().optional() }),
});

function bankIn(id: string) {
  return z
    .strictObject({ cnaps: codeOf(checkCnaps).optional(), bic: codeOf(checkBic).optional() })
    .refine(
      ({ cnaps, bic }) => cnaps !== undefined || bic !== undefined,
      'Send the bank’s CNAPS code, its BIC, or both.',
    )
    .meta({ id, description: 'CNAPS code (支付系统行号) or BIC.' });
}

function codeOf(check: (code: string) => string | undefined) {
  return z
    .string()
    .max(12)
    .check(({ value, issues }) => {
      const message = check(value);
      if (message) issues.push({ code: 'custom', input: value, message });
    });
}

/** Letters, then digits: nothing but an IBAN begins like that. */
function ibanFault(number: string): string | undefined {
  return /^[A-Z]{2}[0-9]{2}/i.test(number) ? checkIban(number) : undefined;
}
