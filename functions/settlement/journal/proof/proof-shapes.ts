import * as z from 'zod';
import { amountOut, date } from '../../../../shared/http/schemas.ts';

/** What the proof of a market looks like to a caller. */

export const marketProofQuery = z
  .strictObject({
    from: date.meta({ description: 'Of the first payments of its orders.' }),
    to: date,
  })
  .refine(({ from, to }) => from <= to, {
    path: ['to'],
    message: 'The last day is before the first; send it the other way.',
  });

const sums = {
  received: amountOut.meta({ description: 'What consumers paid and funders of coupons gave: the sum of the others.' }),
  shares: amountOut.meta({ description: 'What merchants have of it.' }),
  fees: amountOut,
  refunds: amountOut,
  supervised: amountOut.meta({
    description: '资金监管: neither split nor back; with what waits for its sum to be split (汇总).',
  }),
};

export const marketProofOut = z
  .object({
    marketId: z.string(),
    balanced: z.boolean(),
    orders: z.int(),
    ...sums,
    days: z.int().meta({ description: 'Days of merchants, of the market and of its agenda that were compared.' }),
    differences: z.array(
      z.object({
        owner: z.string(),
        date: z.string(),
        orders: amountOut.meta({ description: 'What orders come to on that day.' }),
        lines: amountOut.meta({ description: 'What its lines come to.' }),
        total: amountOut.meta({ description: 'What its running total says.' }),
      }),
    ),
    accounts: z.array(
      z.object({
        role: z.string(),
        orders: amountOut,
        settlements: amountOut.meta({
          description: 'Paid out, below zero; or billed; or what sums of orders gave (汇总).',
        }),
        ledger: amountOut.meta({ description: 'Its balance: the sum of both.' }),
      }),
    ),
  })
  .meta({ id: 'MarketProof' });
