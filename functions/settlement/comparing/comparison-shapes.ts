import * as z from 'zod';
import { amountOut, date, page, text } from '../../../shared/http/schemas.ts';
import { channelId } from '../channels/channel-shapes.ts';
import { marketId } from '../markets/market-shapes.ts';
import { noteCharactersMax } from './difference.ts';
import { ledgerFigures, lineClasses } from './found-difference.ts';
import { outcomes } from './side-sums.ts';

/** What comparisons look like to a caller. */

const DIFFERENCE_ID_MAX = 800;

const classes = [...lineClasses, 'LEDGER_DIFFERS'] as const;
const states = ['OPEN', 'EXPLAINED', 'RESOLVED'] as const;

export const marketPath = z.strictObject({ marketId });
export const comparisonPath = z.strictObject({ marketId, channelId, businessDate: date });
export const differencePath = z.strictObject({
  ...comparisonPath.shape,
  differenceId: z
    .string()
    .max(DIFFERENCE_ID_MAX)
    .regex(/^dif_[A-Za-z0-9_-]+$/, 'Send the id as the list of differences has it.'),
});

export const comparisonIn = z.strictObject({ channelId, businessDate: date }).meta({ id: 'ComparisonRequest' });
export const comparisonsQuery = z.strictObject({ ...page.shape, from: date, to: date });
export const differencesQuery = z.strictObject({
  ...page.shape,
  class: z.enum(classes).optional(),
  state: z.enum(states).optional(),
});
export const noteIn = z
  .strictObject({ note: text(noteCharactersMax).meta({ description: 'Why it is so, or what was done.' }) })
  .meta({ id: 'DifferenceNote' });

const sums = z
  .object({ count: z.int(), paid: amountOut, refunded: amountOut, fees: amountOut })
  .meta({ id: 'ComparedSums', description: '`fees` is less what was given back.' });
const ledgerSums = z.object({ paid: amountOut, refunded: amountOut, fees: amountOut });
const sides = z.object({
  here: sums.meta({ description: 'As the market’s journal has it.' }),
  there: sums.meta({ description: 'As the channel’s file has it.' }),
});

export const comparisonOut = z
  .object({
    marketId: z.string(),
    channelId: z.string(),
    businessDate: z.string(),
    state: z
      .enum(['RUNNING', 'COMPLETED', 'FAILED'])
      .meta({ description: 'While it is RUNNING the last result stands.' }),
    comparedAt: z.string().optional(),
    total: sides.optional(),
    outcomes: z
      .array(z.object({ outcome: z.enum(outcomes), ...sides.shape }))
      .meta({ description: 'What became of the lines; on each side they add up to the total.' }),
    ledger: ledgerSums.optional().meta({
      description:
        'What the ledger itself has of the day: each payment by the transfer of its batch, each refund by its own.',
    }),
    differences: z.int().meta({ description: 'That were found.' }),
    problem: z.object({ code: z.string(), detail: z.string() }).optional(),
    changedAt: z.string(),
  })
  .meta({ id: 'Comparison' });

export const comparisonsOut = z.object({ comparisons: z.array(comparisonOut), nextCursor: z.string().optional() });

const side = {
  date: z.string(),
  kind: z.enum(['PAYMENT', 'REFUND']),
  amount: amountOut,
  fee: amountOut,
};

export const differenceOut = z
  .object({
    id: z.string(),
    class: z.enum(classes),
    state: z.enum(states),
    stands: z.boolean().meta({ description: 'False: the last comparison did not find it, it is kept for its note.' }),
    reference: z.string().optional().meta({
      description: 'What both sides call it: the channel’s number of a payment, the number of a refund.',
    }),
    here: z
      .object({ ...side, number: z.string(), status: z.enum(['SUCCEEDED', 'PENDING', 'FAILED']) })
      .optional()
      .meta({ description: '`number` is that of the order, or of the refund.' }),
    there: z
      .object({ ...side, line: z.int() })
      .optional()
      .meta({ description: '`line` is that of the file of `date`.' }),
    sums: z
      .object({
        figure: z.enum(ledgerFigures),
        journal: amountOut,
        ledger: amountOut,
        bookings: z.array(z.object({ booking: z.string(), journal: amountOut, ledger: amountOut.optional() })).meta({
          description:
            'What is not in the ledger as it was posted: by the id of the posting, or the numbers of the order and the refund.',
        }),
      })
      .optional()
      .meta({ description: 'LEDGER_DIFFERS: which sum of the day, as the journal has it and as the ledger does.' }),
    note: z.string().optional(),
    by: z.string().optional(),
    at: z.string().optional(),
  })
  .meta({
    id: 'Difference',
    description:
      'MISSING_HERE: only the channel has it (of a payment 长款). MISSING_AT_CHANNEL: only the market has it (of a payment 短款). ' +
      'LATE: the other side has it on the day before or after. LEDGER_DIFFERS: a sum of the journal’s day is booked otherwise.',
  });

export const differencesOut = z.object({ differences: z.array(differenceOut), nextCursor: z.string().optional() });
