import * as z from 'zod';
import { accountNumberIn } from '../../../shared/http/account-number-in.ts';
import { expectedVersion } from '../../../shared/http/expected-version.ts';
import { amountOut, date, id, page, positiveAmount, references, text } from '../../../shared/http/schemas.ts';
import { explanationOut, matchOut } from '../matches/match-shapes.ts';
import { exceptionReasons } from '../matching/decision.ts';
import { receiptStates, refundKinds, sourceKinds } from './receipt.ts';

/** What receipts look like to a caller. */

const NAME_LENGTH_MAX = 140;
const TEXT_LENGTH_MAX = 2_000;
const TEXTS_MAX = 10;
const NUMBER_LENGTH_MAX = 35;
const REASON_LENGTH_MAX = 140;

export const receiptNumber = z
  .string()
  .regex(
    new RegExp(`^[\\p{L}\\p{N}._/-]{1,${NUMBER_LENGTH_MAX}}$`, 'u'),
    `Send 1 to ${NUMBER_LENGTH_MAX} letters, digits, dots, dashes, underscores or slashes.`,
  )
  .meta({ description: 'Your own number of the receipt (收款单号); no two have the same.' });

export const receiptIn = z
  .strictObject({
    number: receiptNumber,
    legalEntity: text(NAME_LENGTH_MAX).meta({ description: 'Whose money it is: as the holder of the account.' }),
    amount: positiveAmount,
    paidOn: date.meta({ description: 'The day on which it counts as paid.' }),
    payer: z
      .strictObject({ name: text(NAME_LENGTH_MAX).optional(), account: accountNumberIn.optional() })
      .default({})
      .meta({ description: 'Who paid, as far as it is told. The number is kept as a keyed hash and shown masked.' }),
    texts: z
      .array(text(TEXT_LENGTH_MAX))
      .max(TEXTS_MAX)
      .default([])
      .meta({ description: 'What the payer wrote, line by line.' }),
    references: references.default({}),
    cashAccountId: id('acc')
      .optional()
      .meta({ description: 'The ledger account that holds the money; without it, the one of the book.' }),
  })
  .meta({ id: 'IncomingMoney' });

export const receiptsQuery = z.strictObject({
  state: z.enum(receiptStates).optional(),
  customerId: id('cus').optional(),
  ...page.shape,
});

export const exceptionsQuery = z.strictObject({
  reason: z.enum(exceptionReasons).optional(),
  assignee: text(NAME_LENGTH_MAX).optional(),
  ...page.shape,
});

export const assignIn = z.strictObject({
  assignee: text(NAME_LENGTH_MAX).nullable().optional().meta({ description: 'Who is to look at it; null: nobody.' }),
  note: text(TEXT_LENGTH_MAX).nullable().optional().meta({ description: 'Kept with it; null: none.' }),
  expectedVersion: expectedVersion.optional(),
});

export const exceptionOut = z.object({
  reason: z.enum(exceptionReasons).meta({
    description:
      'CURRENCY: what it names, or all that its payer owes, is in another currency or of another legal entity.',
  }),
  since: z.string(),
  assignee: z.string().optional(),
  note: z.string().optional(),
});

const takenBackOut = z.object({ reason: z.string(), date: z.string(), at: z.string() });

export const receiptOut = z
  .object({
    id: z.string(),
    number: z.string().optional(),
    legalEntity: z.string(),
    state: z.enum(receiptStates),
    amount: amountOut,
    allocated: amountOut.meta({ description: 'Pays invoices.' }),
    onAccount: amountOut.meta({ description: 'Of a known customer, and pays no invoice (预收).' }),
    refunded: amountOut.meta({ description: 'Went back.' }),
    unapplied: amountOut.meta({ description: 'The rest: with what is dismissed, all add up to the amount.' }),
    dismissed: amountOut.optional().meta({ description: 'Never was a receipt; absent where that is nothing.' }),
    paidOn: z.string(),
    payer: z.object({ name: z.string().optional(), account: z.string().optional() }).meta({ description: 'Masked.' }),
    texts: z.array(z.string()),
    references: z.record(z.string(), z.string()),
    sources: z
      .array(
        z.object({
          kind: z.enum(sourceKinds),
          id: z.string(),
          at: z.string(),
          amount: amountOut.optional().meta({ description: 'As this one told it, where it is another amount.' }),
        }),
      )
      .meta({ description: 'Who told of this money, the first one first.' }),
    cashAccountId: z.string().optional(),
    customerId: z.string().optional(),
    mergedInto: z.string().optional().meta({ description: 'The receipt of the same money that counts in its place.' }),
    unmerged: z
      .array(z.object({ into: z.string(), date: z.string(), at: z.string(), undone: takenBackOut }))
      .optional()
      .meta({ description: 'Merges of it that were taken back.' }),
    noReceipt: z.object({ why: z.string(), entryId: z.string(), at: z.string() }).optional().meta({
      description: 'A report that knows more says that it is none, or not all of it: `…/dismiss` what is none.',
    }),
    dismissals: z
      .array(
        z.object({
          amount: amountOut,
          reason: z.string(),
          date: z.string(),
          at: z.string(),
          undone: takenBackOut.optional(),
        }),
      )
      .optional()
      .meta({ description: 'With `undone`, those that were taken back.' }),
    exception: exceptionOut.optional().meta({ description: 'What it waits for somebody to do.' }),
    suggestions: z.array(explanationOut).meta({ description: 'How it may be explained, the best first.' }),
    version: z.int(),
    createdAt: z.string(),
    changedAt: z.string(),
  })
  .meta({ id: 'CustomerReceipt' });

const mergeInto = z
  .array(z.string())
  .meta({ description: 'Receipts that may be the same money, told by hand where this one was not, or by others.' });

/** As it is listed among those that wait. */
export const waitingReceiptOut = receiptOut.extend({ mergeInto }).meta({ id: 'WaitingReceipt' });

export const dismissIn = z
  .strictObject({
    amount: positiveAmount.optional().meta({ description: 'Without it, all that is not used.' }),
    reason: text(REASON_LENGTH_MAX),
    expectedVersion: expectedVersion.optional(),
  })
  .meta({ id: 'DismissReceiptRequest' });

export const mergeIn = z.strictObject({
  into: id('rcp').meta({ description: 'The receipt that stays.' }),
  expectedVersion: expectedVersion.optional(),
});

export const takeBackIn = z
  .strictObject({ reason: text(REASON_LENGTH_MAX), expectedVersion: expectedVersion.optional() })
  .meta({ id: 'TakeBackRequest' });

export const notBookedOut = z.object({
  code: z.string().meta({ description: 'Of the problem that keeps it from the ledger.' }),
  detail: z.string(),
  since: z.string(),
});

export const wholeReceiptOut = receiptOut
  .extend({
    mergeInto,
    matches: z.array(matchOut).meta({ description: 'As they were made, those that were undone with them.' }),
    refunds: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(refundKinds).meta({
          description:
            'REFUND: somebody gave it back (退款). RETURNED: a bank took it back (退汇). RETURN_REVERSED: it did not after all; ' +
            'amounts are below zero. ON_ACCOUNT_RESTORED: no money moves.',
        }),
        amount: amountOut,
        fromOnAccount: amountOut.meta({ description: 'Of it, taken from on account.' }),
        toOnAccount: amountOut.optional().meta({
          description:
            'ON_ACCOUNT_RESTORED: so much went back from on account before the bank took the money back; it counts as given ' +
            'back of what was unapplied, and is on account again.',
        }),
        reason: z.string(),
        date: z.string(),
        at: z.string(),
      }),
    ),
    notBooked: notBookedOut.optional().meta({ description: 'The ledger has the receipt not yet, and why.' }),
  })
  .meta({ id: 'CustomerReceiptWithMatches' });

export type ReceiptRequest = z.output<typeof receiptIn>;

export type DismissBody = z.output<typeof dismissIn>;
