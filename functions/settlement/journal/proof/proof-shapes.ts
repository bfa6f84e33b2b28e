import * as z from 'zod';
import { amountOut, date, page } from '../../../../shared/http/schemas.ts';
import { marketId } from '../../markets/market-shapes.ts';
import { namedMax } from './proof.ts';

/** What the proof of a market looks like to a caller. */

export const proofPath = z.strictObject({ marketId });
export const proofIn = z
  .strictObject({
    anew: z.boolean().default(false).meta({
      description: 'From the first order, and not from the last closing figures: everything is read again.',
    }),
  })
  .meta({ id: 'ProofRequest' });
export const closedDaysQuery = z.strictObject({ ...page.shape, from: date, to: date });

const sums = {
  orders: z.int().meta({ description: 'Orders of which something was paid.' }),
  received: amountOut.meta({ description: 'What consumers paid and funders of coupons gave: the sum of the others.' }),
  shares: amountOut.meta({ description: 'What merchants have of it.' }),
  fees: amountOut,
  refunds: amountOut,
  supervised: amountOut.meta({
    description: '资金监管: neither split nor back; with what waits for its sum to be split (汇总).',
  }),
};

const counted = <Shape extends z.ZodType>(first: Shape, description: string) =>
  z
    .object({ count: z.int(), first: z.array(first).meta({ description: `The first ${namedMax}.` }) })
    .meta({ description });

const wrong = {
  lost: counted(
    z.object({
      orderNo: z.string(),
      changedOn: z.string(),
      reason: z.string().optional().meta({ description: 'Why its lines cannot be computed.' }),
    }),
    'Orders that have not the lines in the journal that they mean: a change of theirs is lost, put aside or on its way.',
  ),
  differences: counted(
    z.object({
      owner: z.string(),
      date: z.string(),
      lines: amountOut.meta({ description: 'What its lines come to.' }),
      total: amountOut.meta({ description: 'What its running total says.' }),
    }),
    'Days of merchants, of the market or of sums on which lines and total differ, or a sum gave something else than came to it.',
  ),
  moving: z.int().meta({ description: 'Orders that were changed while their lines were looked for: ask again.' }),
};

export const proofOut = z
  .object({
    marketId: z.string(),
    state: z
      .enum(['RUNNING', 'COMPLETED', 'FAILED'])
      .meta({ description: 'While it is RUNNING the last result stands.' }),
    progress: z
      .object({ until: z.string().optional(), orders: z.int(), lost: z.int() })
      .optional()
      .meta({ description: 'RUNNING: through which days it is, and how many orders it has looked at.' }),
    closedOn: z
      .string()
      .optional()
      .meta({ description: 'The last day with closing figures: the next proof goes on from there.' }),
    provedAt: z.string().optional(),
    result: z
      .object({
        balanced: z.boolean().meta({
          description:
            'A payout that a bank reports on meanwhile shows as a difference of accounts: prove again at a quiet moment.',
        }),
        from: z
          .string()
          .optional()
          .meta({ description: 'The day of the closing figures that it went on from; none: from the first order.' }),
        changed: z.int().meta({ description: 'Orders that were changed since, each looked at.' }),
        days: z.int().meta({ description: 'Days of merchants, of the market and of sums that were read for them.' }),
        ...sums,
        ...wrong,
        accounts: z.object({
          count: z.int().meta({ description: 'All that were compared.' }),
          shown: z
            .array(
              z.object({
                role: z.string(),
                orders: amountOut,
                settlements: amountOut.meta({
                  description:
                    'Paid out, below zero; or given for a bill; or what sums of orders gave (汇总). Of inTransit, paidOut and claims: what ' +
                    'settlements say is on its way, was paid out, and is owed by merchants, below zero.',
                }),
                ledger: amountOut.meta({
                  description: 'Its balance: the sum of both. Of claims: and what merchants paid of that.',
                }),
              }),
            )
            .meta({ description: 'Those of the market itself, and of merchants those that are wrong.' }),
        }),
      })
      .optional(),
    problem: z.object({ code: z.string(), detail: z.string() }).optional(),
    changedAt: z.string(),
  })
  .meta({ id: 'MarketProof' });

const dayFigures = z
  .object(sums)
  .meta({ id: 'ClosingFigures', description: 'What orders alone say; sums of orders (汇总) are supervised in them.' });

export const closedDaysOut = z.object({
  days: z.array(
    z.object({
      date: z.string(),
      changed: z.int().meta({ description: 'Orders whose last change was of that day, when it was proved.' }),
      opening: dayFigures,
      closing: dayFigures,
    }),
  ),
  nextCursor: z.string().optional(),
});
