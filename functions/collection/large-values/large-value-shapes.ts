import * as z from 'zod';
import { amountOut, date, page } from '../../../shared/http/schemas.ts';
import { mandateOut } from '../mandates/mandate-shapes.ts';

/** What large values look like to a caller. */

export const largeValuesQuery = z.strictObject({
  date: date.meta({ description: 'The day in Shanghai on which banks say that the money came.' }),
  ...page.shape,
});

export const largeValueOut = z
  .object({
    id: z.string().meta({ description: 'The same for payer, day and currency; events have it as their subject.' }),
    date: z.string(),
    payer: mandateOut.shape.payer,
    total: amountOut.meta({ description: 'Of the day, in this currency.' }),
    threshold: amountOut,
    count: z.int().meta({ description: 'Settlements that make up the total.' }),
    singleReached: z.boolean().meta({ description: 'One of them reaches the threshold by itself.' }),
    reportBy: z.string().optional().meta({
      description: 'The fifth working day after; absent as long as the calendar is not published so far.',
    }),
    collections: z.array(
      z.object({
        batchId: z.string().optional(),
        collectionId: z.string().optional().meta({ description: 'Of a collection by itself, in place of a batch.' }),
        line: z.int(),
        piece: z.int(),
        mandateId: z.string(),
        orderId: z.string().meta({ description: 'Its number at the bank.' }),
        amount: amountOut.meta({ description: 'What came.' }),
      }),
    ),
  })
  .meta({ id: 'LargeValue', description: 'What one payer paid on one day in one currency.' });
