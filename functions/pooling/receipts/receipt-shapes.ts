import * as z from 'zod';
import { amountOut, page } from '../../../shared/http/schemas.ts';
import { accountId } from '../members/member-shapes.ts';
import { receiptSides } from './derive-receipts.ts';

/** What electronic receipts (回单) of sweeps look like to a caller. */

export const receiptsQuery = page.extend({
  accountId: accountId.optional().meta({ description: 'Only receipts of this account.' }),
  side: z
    .enum(receiptSides)
    .optional()
    .meta({ description: 'Only receipts of accounts that paid, or of those that were paid.' }),
});

const counterpartyAccountId = z.string();
const leg = z.int().meta({ description: 'Number of the leg in its run; place in the `funding` of a payment, from 1.' });
const transferId = z.string();

const facts = {
  number: z.string().meta({
    description:
      'Unique in the tenant, and the same whenever it is read: 8 digits of the business date, 16 characters.',
  }),
  side: z.enum(receiptSides).meta({ description: 'Whether the account paid or was paid.' }),
  accountId: z.string().meta({ description: 'Whose receipt it is.' }),
  accountName: z.string().optional().meta({ description: 'As it is now; its holder, where it has no name.' }),
  direction: z.enum(['UP', 'DOWN']).meta({ description: 'UP 资金归集, DOWN 资金下拨.' }),
  amount: amountOut.meta({ description: 'What moved.' }),
  businessDate: z.string(),
  bookedAt: z.string().meta({ description: 'When the ledger booked it; the last of several.' }),
};

const singleOut = z
  .object({
    ...facts,
    kind: z.literal('SINGLE'),
    counterpartyAccountId,
    counterpartyName: z.string().optional(),
    leg,
    transferId,
  })
  .meta({ id: 'SingleReceipt', description: 'Of one movement.' });

const aggregatedOut = z
  .object({
    ...facts,
    kind: z.literal('AGGREGATED'),
    count: z.int().meta({ description: 'How many movements it is of.' }),
    movements: z.array(z.object({ leg, counterpartyAccountId, amount: amountOut, transferId })),
  })
  .meta({
    id: 'AggregatedReceipt',
    description: '汇总回单: of all that the account paid, or was paid, in one direction in the run, where so agreed.',
  });

const receipts = z.array(z.discriminatedUnion('kind', [singleOut, aggregatedOut]));

export const runReceiptsOut = z
  .object({ runId: z.string(), receipts, nextCursor: z.string().optional() })
  .meta({ id: 'RunReceipts' });

export const paymentReceiptsOut = z.object({ paymentId: z.string(), receipts }).meta({ id: 'PaymentReceipts' });
