import * as z from 'zod';
import { accountNumberIn } from '../../../shared/http/account-number-in.ts';
import { expectedVersion } from '../../../shared/http/expected-version.ts';
import { references, text } from '../../../shared/http/schemas.ts';
import { thresholdIn, toleranceIn, toleranceOut } from '../books/rule-shapes.ts';

/** What customers look like to a caller. */

const NAME_LENGTH_MAX = 140;
const NUMBER_LENGTH_MAX = 35;
export const ALIASES_MAX = 20;
export const ACCOUNTS_MAX = 20;

export const customerNumber = z
  .string()
  .regex(
    new RegExp(`^[\\p{L}\\p{N}._/-]{1,${NUMBER_LENGTH_MAX}}$`, 'u'),
    `Send 1 to ${NUMBER_LENGTH_MAX} letters, digits, dots, dashes, underscores or slashes.`,
  )
  .meta({ description: 'Your own number of the customer (客户号); no two have the same.' });

const name = text(NAME_LENGTH_MAX).meta({ description: 'As it stands on payments: a branch is another customer.' });
const aliases = z
  .array(text(NAME_LENGTH_MAX))
  .max(ALIASES_MAX)
  .meta({ description: 'Other names that it pays under.' });
const accounts = z.array(accountNumberIn).max(ACCOUNTS_MAX);

export const customerIn = z
  .strictObject({
    number: customerNumber,
    name,
    aliases: aliases.default([]),
    accounts: accounts.default([]).meta({ description: 'Numbers of accounts that it is known to pay from.' }),
    tolerance: toleranceIn.optional().meta({ description: 'Where it has one of its own.' }),
    threshold: thresholdIn.optional().meta({ description: 'Its money is matched by itself from this score on.' }),
    references: references.optional(),
  })
  .meta({ id: 'CustomerRequest' });

export const customerChangeIn = z
  .strictObject({
    name: name.optional(),
    aliases: aliases.optional(),
    addAccounts: accounts.optional(),
    removeAccounts: accounts.optional(),
    tolerance: toleranceIn.nullable().optional().meta({ description: 'null: by the rules of all again.' }),
    threshold: thresholdIn.nullable().optional().meta({ description: 'null: by the rules of all again.' }),
    references: references.optional(),
    expectedVersion: expectedVersion.optional(),
  })
  .refine(({ expectedVersion: _, ...change }) => Object.keys(change).length > 0, 'Send at least one field to change.')
  .check(({ value: { addAccounts = [], removeAccounts = [] }, issues }) => {
    for (const [place, number] of removeAccounts.entries()) {
      if (!addAccounts.includes(number)) continue;
      const message = 'It is to be added as well; send it once.';
      issues.push({ code: 'custom', input: number, path: ['removeAccounts', place], message });
    }
  })
  .meta({
    id: 'CustomerChange',
    description: 'What is left out stays; aliases and references are replaced as a whole.',
  });

export const customerOut = z
  .object({
    id: z.string(),
    number: z.string(),
    name: z.string(),
    aliases: z.array(z.string()),
    accounts: z.array(z.string()).meta({ description: 'Masked.' }),
    tolerance: toleranceOut.optional(),
    threshold: z.int().optional(),
    references: z.record(z.string(), z.string()),
    version: z.int(),
    createdAt: z.string(),
    changedAt: z.string(),
  })
  .meta({ id: 'Customer' });

export type CustomerRequest = z.output<typeof customerIn>;
export type CustomerChangeRequest = z.output<typeof customerChangeIn>;
