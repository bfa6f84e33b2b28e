import * as z from 'zod';
import { amountOut, currency, date, page, text } from '../../../shared/http/schemas.ts';
import { DAY_MS } from '../../../shared/time/durations.ts';
import { periodLengths } from './expected.ts';
import { statementKinds } from './statement.ts';

/** What reports look like to a caller. */

const NAME_LENGTH_MAX = 140;
/** Two years and a day. */
const DAYS_MAX = 732;

const books = { legalEntity: text(NAME_LENGTH_MAX).optional(), currency: currency.optional() };
const days = { from: date, to: date };
const book = { legalEntity: z.string(), currency: z.string() };

const isInOrder = ({ from, to }: { from: string; to: string }) => from <= to;
const inOrder = { path: ['to'], message: 'The last day is before the first; send one that is not.' };
const isShort = ({ from, to }: { from: string; to: string }) => Date.parse(to) - Date.parse(from) < DAYS_MAX * DAY_MS;
const short = { path: ['to'], message: `The period has more than ${DAYS_MAX} days; send a shorter one.` };

export const ageingQuery = z.strictObject({
  asOf: date.optional().meta({ description: 'The end of this day; today unless told.' }),
  ...books,
  ...page.shape,
});
export const dsoQuery = z
  .strictObject({ ...days, ...books })
  .refine(isInOrder, inOrder)
  .refine(isShort, short);
export const expectedQuery = z
  .strictObject({
    ...days,
    by: z.enum(periodLengths).default('DAY').meta({ description: 'Weeks go from Monday to Sunday.' }),
    ...books,
  })
  .refine(isInOrder, inOrder)
  .refine(isShort, short);
export const statementQuery = z.strictObject({ ...days, ...books, ...page.shape }).refine(isInOrder, inOrder);
export const statementCsvQuery = z.strictObject({ ...days, ...books }).refine(isInOrder, inOrder);

const aged = {
  ...book,
  notDue: amountOut,
  days1To30: amountOut.meta({ description: 'Days past due.' }),
  days31To60: amountOut,
  days61To90: amountOut,
  over90: amountOut,
  total: amountOut,
  unapplied: amountOut.meta({ description: 'Money that nobody knows the use of; it changes no age.' }),
  onAccount: amountOut.meta({ description: 'Money of the customer that pays no invoice (预收); it changes no age.' }),
};
const agedOut = z.object(aged);

export const ageingOut = z
  .object({
    asOf: z.string(),
    totals: z.array(agedOut).meta({ description: 'All customers, by book; on every page.' }),
    rows: z
      .array(z.object({ customerId: z.string().optional(), ...aged }))
      .meta({ description: 'By customer; first what is of nobody that is known.' }),
    nextCursor: z.string().optional(),
  })
  .meta({ id: 'Ageing' });

export const dsoOut = z
  .object({
    from: z.string(),
    to: z.string(),
    days: z.int().meta({ description: 'The first and the last included.' }),
    books: z.array(
      z.object({
        ...book,
        receivable: amountOut.meta({ description: 'Owed at the end of the last day.' }),
        sales: amountOut.meta({ description: 'Invoices issued in the period, less its credit notes.' }),
        dso: z.string().optional().meta({
          description: 'receivable / sales × days, one decimal, half up; absent where nothing was sold.',
        }),
      }),
    ),
  })
  .meta({ id: 'DaysSalesOutstanding' });

export const expectedOut = z
  .object({
    overdueBefore: z
      .array(z.object({ ...book, overdue: amountOut }))
      .meta({ description: 'Open, and due before the first day.' }),
    periods: z.array(
      z.object({
        ...book,
        from: z.string(),
        to: z.string(),
        planned: amountOut.meta({
          description: 'Fell due, less credit notes and write-offs: early, onTime, late, given and open add up to it.',
        }),
        early: amountOut.meta({ description: 'Paid before its due day.' }),
        onTime: amountOut,
        late: amountOut,
        given: amountOut.meta({ description: 'Discounts and charges.' }),
        open: amountOut,
        forecast: amountOut.meta({ description: 'Of `open`, what is not overdue yet.' }),
        received: amountOut.meta({
          description: 'Came in the period, and did not go back: the three below add up to it.',
        }),
        forDue: amountOut.meta({ description: 'For invoices due in it.' }),
        forOthers: amountOut,
        forNone: amountOut.meta({ description: 'On account, or not used.' }),
      }),
    ),
  })
  .meta({ id: 'ExpectedReceipts' });

export const statementOut = z
  .object({
    customerId: z.string(),
    customerNumber: z.string(),
    name: z.string(),
    from: z.string(),
    to: z.string(),
    accounts: z
      .array(z.object({ ...book, opening: amountOut, closing: amountOut }))
      .meta({ description: 'Open invoices less what is on account; on every page.' }),
    lines: z.array(
      z.object({
        ...book,
        date: z.string(),
        at: z.string(),
        kind: z.enum(statementKinds),
        id: z.string(),
        numbers: z.array(z.string()),
        change: amountOut,
        balance: amountOut.meta({ description: 'Of its book, after the line.' }),
        paid: z
          .object({ cash: amountOut, discount: amountOut, charge: amountOut, onAccount: amountOut })
          .optional()
          .meta({ description: 'Money, what was given away with it, and what of the money went on account.' }),
        receiptId: z.string().optional(),
        reason: z.string().optional(),
      }),
    ),
    nextCursor: z.string().optional(),
  })
  .meta({ id: 'CustomerStatement' });
