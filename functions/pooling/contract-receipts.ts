import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import { id } from '../../shared/http/schemas.ts';
import { problems } from './problems.ts';
import * as examples from './receipts/receipt-examples.ts';
import { paymentReceiptsOut, receiptsQuery, runReceiptsOut } from './receipts/receipt-shapes.ts';

const notFound = problems['pool-not-found'];

export const receiptContract = {
  listRunReceipts: {
    description:
      'Of each confirmed leg, with what really moved, to payer and payee as was agreed when the run was planned. They are there when the run has ended, and stay as they are. The aggregated ones come first, in the order of their first legs; then the single ones by leg, the payer’s before the payee’s.',
    path: z.strictObject({ poolId: id('pool'), runId: id('run') }),
    query: receiptsQuery,
    response: runReceiptsOut,
    problems: [notFound, problems['run-not-found'], problems['receipts-not-ready'], problems['not-a-member']],
    example: examples.listRunReceipts,
  },
  listPaymentReceipts: {
    description:
      'Of the money that came down to fund the payment, as the agreements in real time of its way had it; in the order of the receipts of a run. Of a payment that was refused there are none.',
    path: z.strictObject({ poolId: id('pool'), paymentId: id('pay') }),
    response: paymentReceiptsOut,
    problems: [notFound, problems['payment-not-found'], problems['receipts-not-ready']],
    example: examples.listPaymentReceipts,
  },
} satisfies Contract;
