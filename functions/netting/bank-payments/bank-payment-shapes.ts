import * as z from 'zod';
import { bankAccountOut } from '../../../shared/http/bank-account.ts';
import { amountOut, id, page } from '../../../shared/http/schemas.ts';
import { bankPaymentStates } from './bank-payment.ts';

/** What payments through banks look like to a caller. */

const state = z.enum(bankPaymentStates);

export const bankPaymentOut = z
  .object({
    id: z.string(),
    centreId: z.string(),
    cycleId: z.string(),
    leg: z.int().meta({ description: 'Its place among the legs of the report, from 1.' }),
    payer: z.string(),
    participant: z.string().meta({ description: 'Who is paid.' }),
    amount: amountOut,
    positionAccountId: z.string().meta({
      description:
        'The account of the ledger on which the centre owes it the amount until the bank has paid it; netting alone moves it.',
    }),
    state: state.meta({
      description:
        'That of the last attempt. DUE: it is to be handed to the bank. UNCERTAIN: it may have got there. SENT: the bank has it. PAID: it ' +
        'arrived. FAILED: it did not go. RETURNED: it came back.',
    }),
    attempts: z.array(
      z.object({
        id: z.string().meta({ description: 'Its number at the bank.' }),
        amount: amountOut,
        to: z.object({ name: z.string(), account: bankAccountOut }).optional(),
        state,
        reason: z.string().optional(),
        carriedOn: z.string().optional(),
        returned: amountOut.optional(),
      }),
    ),
    version: z.int(),
    changedAt: z.string(),
  })
  .meta({ id: 'NettingBankPayment' });

export const bankPaymentId = id('nbp');
export const bankPaymentsQuery = z.strictObject({ ...page.shape, state: state.optional() });
export const bankPaymentsOut = z.object({ payments: z.array(bankPaymentOut), nextCursor: z.string().optional() });
