import * as z from 'zod';
import { expectedVersion } from '../../../shared/http/expected-version.ts';
import { amountOut, id, page, positiveAmount, text } from '../../../shared/http/schemas.ts';
import { returnedReasons, returnedStates } from './returned-credit.ts';

const REASON_LENGTH_MAX = 200;

/** What returned credits look like to a caller. */

export const returnedQuery = z.strictObject({ state: z.enum(returnedStates).default('OPEN'), ...page.shape });

export const assignReturnedIn = z.strictObject({
  receiptId: id('rcp').meta({ description: 'The receipt whose money the bank took back.' }),
  amount: positiveAmount.optional().meta({ description: 'What of it; without it, all that is left.' }),
  expectedVersion: expectedVersion.optional(),
});

export const dismissReturnedIn = z.strictObject({
  reason: text(REASON_LENGTH_MAX).meta({ description: 'Why it is of no receipt.' }),
  expectedVersion: expectedVersion.optional(),
});

export const unassignReturnedIn = z.strictObject({
  receiptId: id('rcp').meta({ description: 'The receipt whose money the bank did not take back after all.' }),
  reason: text(REASON_LENGTH_MAX).meta({ description: 'Why it is of another receipt, or of none.' }),
  expectedVersion: expectedVersion.optional(),
});

export const reopenReturnedIn = z.strictObject({ expectedVersion: expectedVersion.optional() });

export const returnedOut = z
  .object({
    id: z.string(),
    state: z.enum(returnedStates),
    reason: z.enum(returnedReasons).optional().meta({ description: 'Why nobody knows which receipt it is of.' }),
    since: z.string().optional(),
    candidates: z
      .array(z.string())
      .meta({ description: 'Receipts that it may be of, while it is open; the first ten.' }),
    dismissed: z.string().optional().meta({ description: 'Why what is left of it is of no receipt.' }),
    legalEntity: z.string(),
    accountId: z.string().meta({ description: 'The ledger account that it was taken from.' }),
    bookedOn: z.string(),
    amount: amountOut,
    rest: amountOut.meta({ description: 'What is not taken off a receipt yet.' }),
    payer: z.object({ name: z.string().optional(), account: z.string().optional() }).meta({ description: 'Masked.' }),
    texts: z.array(z.string()),
    references: z.record(z.string(), z.string()),
    bankReferences: z.array(z.string()).meta({ description: 'What the bank calls it.' }),
    entryIds: z.array(z.string()).meta({ description: 'The entries of statements that told of it.' }),
    receipts: z
      .array(z.object({ receiptId: z.string(), amount: amountOut }))
      .meta({ description: 'What is taken off which receipt.' }),
    version: z.int(),
    createdAt: z.string(),
    changedAt: z.string(),
  })
  .meta({ id: 'ReturnedCredit' });
