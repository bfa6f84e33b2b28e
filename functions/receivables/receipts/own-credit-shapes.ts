import * as z from 'zod';
import { amountOut, page } from '../../../shared/http/schemas.ts';
import { ownCreditStates } from './own-credit.ts';

/** What money from accounts of the tenant's own looks like to a caller. */

export const ownCreditsQuery = z.strictObject({
  state: z.enum(ownCreditStates).default('LEFT_OUT'),
  ...page.shape,
});

export const ownCreditOut = z
  .object({
    id: z.string().meta({ description: 'Of the receipt that it is, once it is taken.' }),
    state: z.enum(ownCreditStates).meta({ description: 'TAKEN: it is a receipt.' }),
    legalEntity: z.string(),
    amount: amountOut,
    paidOn: z.string(),
    payer: z.object({ name: z.string().optional(), account: z.string().optional() }).meta({ description: 'Masked.' }),
    texts: z.array(z.string()),
    entryId: z.string().meta({ description: 'The entry of a statement that told of it.' }),
    takenAt: z.string().optional(),
    createdAt: z.string(),
  })
  .meta({ id: 'OwnCredit' });
