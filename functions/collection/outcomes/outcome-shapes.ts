import * as z from 'zod';
import { date, positiveAmount, text } from '../../../shared/http/schemas.ts';

/** What is recorded by hand of an order looks like this. */

export const orderPath = z.strictObject({
  orderId: z
    .string()
    .regex(/^[0-9A-Z]{31}$/, 'Send the `orderId` of a try.')
    .meta({ description: 'The number of a try at the bank.' }),
});

const how = {
  date: date.optional().meta({ description: 'The day on which it came to be so, by the bank; default: today.' }),
  reference: text(60).meta({ description: 'What it can be looked up by: of the statement, the letter, the call.' }),
  reason: text(140).meta({ description: 'How you know.' }),
};

export const outcomeIn = z
  .discriminatedUnion('outcome', [
    z.strictObject({
      outcome: z.literal('SETTLED'),
      amount: positiveAmount.meta({ description: 'What came by the order, in all.' }),
      ...how,
    }),
    z.strictObject({
      outcome: z.literal('REJECTED'),
      code: z
        .string()
        .regex(/^[A-Z]{2}[0-9]{2}$/, 'Send a reason code of ISO 20022 such as AM04.')
        .optional()
        .meta({
          description: 'The bank’s reason, of ISO 20022: what follows goes by it. Without one, the collection ends.',
        }),
      ...how,
    }),
  ])
  .meta({ id: 'OrderOutcome' });
