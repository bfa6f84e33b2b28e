import * as z from 'zod';
import { amountOut, page } from '../../../shared/http/schemas.ts';

const side = z.object({ items: amountOut, ledger: amountOut, difference: amountOut });

/** What the proof of the books looks like to a caller. */
export const proofOut = z
  .object({
    balanced: z.boolean(),
    books: z.array(
      z.object({
        legalEntity: z.string(),
        currency: z.string(),
        balanced: z.boolean(),
        receipts: z
          .object({
            count: z.int(),
            amount: amountOut,
            allocated: amountOut,
            onAccount: amountOut,
            refunded: amountOut,
            unapplied: amountOut,
          })
          .meta({ description: 'As the receipts say: the last four add up to the amount.' }),
        matches: z
          .object({
            cash: amountOut,
            onAccount: amountOut,
            discount: amountOut,
            charge: amountOut,
            refunded: amountOut,
          })
          .meta({ description: 'As their matches that stand and their refunds say.' }),
        open: amountOut.meta({ description: 'Of invoices.' }),
        accounts: z
          .object({ receivable: side, unapplied: side, onAccount: side, discount: side, charge: side })
          .optional()
          .meta({
            description: 'What follows from the items, beside the balance in the ledger; absent without a book.',
          }),
      }),
    ),
  })
  .meta({ id: 'ReceivablesProof' });

export const refusedQuery = page;

export const refusedOut = z.object({
  name: z.string().meta({ description: 'Of the fact: its id, and `undone` where it is that.' }),
  legalEntity: z.string(),
  currency: z.string(),
  description: z.string(),
  code: z.string(),
  detail: z.string(),
  since: z.string(),
});
