import * as z from 'zod';
import { amountOut, page } from '../../../shared/http/schemas.ts';
import { sources } from '../centres/identity.ts';
import { lineFaultCodes } from '../obligations/check-obligation.ts';

/** What a centre was told and could not take, as callers see it. */

export const untakenQuery = page;

export const untakenOut = z
  .object({
    reference: z.string().meta({ description: 'Of the obligation that it becomes.' }),
    source: z.enum(sources),
    subject: z.string().meta({ description: 'An invoice, a loan, a settlement; of COLLECTIONS the movement.' }),
    payer: z.string(),
    payee: z.string(),
    owed: amountOut,
    date: z.string().optional(),
    description: z.string().optional(),
    faults: z.array(z.object({ code: z.enum(lineFaultCodes), field: z.string(), detail: z.string() })),
    toldAt: z.string(),
    triedAt: z.string(),
  })
  .meta({ id: 'UntakenObligation' });

export const untakenListOut = z.object({ untaken: z.array(untakenOut), nextCursor: z.string().optional() });

export const takeIn = z
  .strictObject({
    cursor: page.shape.cursor.meta({ description: 'Where an answer said to go on.' }),
  })
  .meta({ id: 'TakeUntakenRequest' });

export const takenOut = z
  .object({
    tried: z.int(),
    taken: z.int().meta({ description: 'They are obligations now, or are owed no more.' }),
    nextCursor: z.string().optional().meta({ description: 'There are more: send it in `cursor`.' }),
  })
  .meta({ id: 'TakenUntaken' });
