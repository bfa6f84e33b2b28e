import * as z from 'zod';
import { maskNumbersIn } from '../identifiers/mask.ts';
import { AmountError, parseAmount } from '../money/amount.ts';
import { isCurrency } from '../money/currency.ts';
import { pageLimit } from './page-limit.ts';

/** Building blocks of contracts: each refuses what the field refuses, in words that say how to mend it. */

/** Characters of an amount: 18 digits, a point, decimals and a sign, with room for leading zeros. */
const AMOUNT_LENGTH_MAX = 40;
const REFERENCES_MAX = 20;
const REFERENCE_KEY_MAX = 40;
const REFERENCE_VALUE_MAX = 140;
const CURSOR_LENGTH_MAX = 2_000;

/** Checked money: minor units of the currency. */
export interface Money {
  readonly minor: bigint;
  readonly currency: string;
}

const unknownCurrency = 'Not a currency of ISO 4217 that is in use; send a code such as "CNY", in capitals.';

const amountText = z
  .string({ error: (issue) => asText(issue.input, 'Send the amount as a string such as "1234.56".') })
  .max(AMOUNT_LENGTH_MAX)
  .meta({
    description: 'Decimal text with at most the decimals of the currency. More decimals are refused, never rounded.',
    pattern: '^-?[0-9]{1,18}([.][0-9]{1,4})?$',
    examples: ['1234.56'],
  });

const currencyText = z
  .string({ error: (issue) => asText(issue.input, 'Send the currency as a code of ISO 4217 such as "CNY".') })
  .meta({ description: 'Code of ISO 4217.', pattern: '^[A-Z]{3}$', examples: ['CNY'] });

const amountFields = { amount: amountText, currency: currencyText };

/** The code of a currency that is in use. */
export const currency = currencyText.refine(isCurrency, unknownCurrency);

/** An amount of money in a request, of any sign: `{"amount":"1234.56","currency":"CNY"}`, read as minor units. */
export const amount = z
  .strictObject(amountFields)
  .transform(readMoney)
  .meta({ id: 'Amount', description: 'Money: decimal text and its currency. May be negative.' });

/** An amount above zero. */
export const positiveAmount = z
  .strictObject(amountFields)
  .transform(readMoney)
  .superRefine((money, context) => {
    if (money.minor <= 0n) refuse(context, 'amount', signFault(money.minor));
  })
  .meta({ id: 'PositiveAmount', description: 'Money: decimal text above zero and its currency.' });

/** An amount of zero or above: a reserve, a limit. */
export const nonNegativeAmount = z
  .strictObject(amountFields)
  .transform(readMoney)
  .superRefine((money, context) => {
    if (money.minor < 0n) refuse(context, 'amount', 'A negative amount is refused; send zero or more.');
  })
  .meta({ id: 'NonNegativeAmount', description: 'Money: decimal text of zero or above and its currency.' });

/** An amount of money in an answer or an event; see presentAmount of shared/money. */
export const amountOut = z
  .strictObject({ amount: amountText, currency: currencyText })
  .meta({ id: 'PresentedAmount', description: 'Money, with all decimals of its currency.' });

/** A day that exists, 'YYYY-MM-DD'. */
export const date = z.iso
  .date({ error: (issue) => asText(issue.input, 'Send a day that exists, as YYYY-MM-DD.') })
  .meta({ pattern: undefined, examples: ['2026-03-02'] });

/** An instant with its offset from UTC; read as UTC with milliseconds. */
export const instant = z.iso
  .datetime({
    offset: true,
    error: (issue) => asText(issue.input, 'Send an instant with its offset, such as 2026-03-02T09:30:00+08:00.'),
  })
  .transform((text) => new Date(text).toISOString())
  .meta({ pattern: undefined, examples: ['2026-03-02T01:30:00.000Z'] });

/** An id of this system: the prefix, an underscore and 26 characters of Crockford's base 32. */
export function id(prefix: string) {
  const detail = `Send an id that begins with ${prefix}_ and goes on with 26 characters, as the system gave it.`;
  return z
    .string({ error: (issue) => asText(issue.input, detail) })
    .regex(new RegExp(`^${prefix}_[0-9A-HJKMNP-TV-Z]{26}$`), detail);
}

/**
 * Free text on one line, 1 to `charactersMax` characters (code points, as people count them). Control characters, line
 * and paragraph separators, halves of surrogate pairs and text of blanks only are refused.
 */
export function text(charactersMax: number) {
  return z
    .string()
    .check((context) => {
      const message = textFault(context.value, charactersMax);
      if (message) context.issues.push({ code: 'custom', input: context.value, message });
    })
    .meta({ minLength: 1, maxLength: charactersMax });
}

export const referenceKey = z
  .string()
  .regex(
    new RegExp(`^[A-Za-z0-9_.-]{1,${REFERENCE_KEY_MAX}}$`),
    `A reference key has 1 to ${REFERENCE_KEY_MAX} letters, digits, underscores, dots or dashes.`,
  );

/** The customer's own fields (交易信息定制): they travel with a payment and come back on entries, events, statements. */
export const references = z
  .record(referenceKey, text(REFERENCE_VALUE_MAX))
  .refine((value) => Object.keys(value).length <= REFERENCES_MAX, `Send at most ${REFERENCES_MAX} references.`)
  .meta({
    maxProperties: REFERENCES_MAX,
    description: 'Your own fields: carried to entries, events and statements as they are.',
    examples: [{ orderNo: 'SO-2026-0317' }],
  });

/** Query of a list: how many, and where to go on. Spread `page.shape` to add filters. */
export const page = z.strictObject({
  limit: pageLimit,
  cursor: z
    .string()
    .min(1)
    .max(CURSOR_LENGTH_MAX)
    .optional()
    .meta({ description: '`nextCursor` of the page before; absent for the first.' }),
});

function readMoney(value: { amount: string; currency: string }, context: z.RefinementCtx): Money {
  if (!isCurrency(value.currency)) {
    return refuse(context, 'currency', unknownCurrency);
  }
  try {
    return { minor: parseAmount(value.amount, value.currency), currency: value.currency };
  } catch (error) {
    if (!(error instanceof AmountError)) throw error;
    return refuse(context, 'amount', maskNumbersIn(error.message));
  }
}

function refuse(context: z.RefinementCtx, field: string, message: string): never {
  context.addIssue({ code: 'custom', path: [field], message });
  return z.NEVER;
}

function signFault(minor: bigint): string {
  return minor === 0n
    ? 'An amount of zero is refused; send an amount above zero.'
    : 'A negative amount is refused; send an amount above zero.';
}

function asText(input: unknown, detail: string): string | undefined {
  return input === undefined ? undefined : detail;
}

function textFault(value: string, charactersMax: number): string | undefined {
  const characters = value.length > charactersMax * 2 ? value.length : [...value].length;
  if (characters > charactersMax) return `At most ${charactersMax} characters.`;
  if (value.trim() === '') return `Send 1 to ${charactersMax} characters, not only blanks.`;
  return /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(value) ? 'Control characters and line breaks are not allowed.' : undefined;
}
