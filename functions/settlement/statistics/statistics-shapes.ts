import * as z from 'zod';
import { daysBetween } from '../../../shared/calendar/plain-date.ts';
import { amountOut, date } from '../../../shared/http/schemas.ts';
import { marketId, merchantId } from '../markets/market-shapes.ts';
import { statisticsDaysMax } from './read-statistics.ts';

/** What statistics look like to a caller. */

export const marketPath = z.strictObject({ marketId });
export const merchantPath = z.strictObject({ merchantId });

export const statisticsQuery = z
  .strictObject({ from: date, to: date })
  .refine(({ from, to }) => to >= from, { path: ['to'], message: 'Send the first day or a later one.' })
  .refine(({ from, to }) => daysBetween(from, to) < statisticsDaysMax, {
    path: ['to'],
    message: `Send at most ${statisticsDaysMax} days.`,
  });

const figures = {
  gross: amountOut,
  fees: amountOut.meta({ description: 'Less what was given back.' }),
  refunds: amountOut.meta({ description: 'Above zero where they took.' }),
};

const marketFigures = {
  orders: z.int().meta({ description: 'Each counted on the day of its first payment.' }),
  ...figures,
  coupons: amountOut.meta({ description: 'What coupons took off the orders, whoever gives it; no part of the gross.' }),
  net: amountOut.meta({ description: 'Gross less fees and refunds.' }),
};
const merchantFigures = {
  orders: z.int().meta({
    description:
      'That the merchant has shares of, each once on a day; of each sum (汇总) the orders in it. One with shares on two days counts on both.',
  }),
  ...figures,
  coupons: amountOut.meta({ description: 'Part of the gross: what others gave by coupons.' }),
  adjustments: amountOut.meta({
    description:
      'What is neither share nor refund: carried from and to other days, held by disputes and released, billed.',
  }),
  net: amountOut.meta({
    description:
      'Gross less fees and refunds, and with the adjustments: all lines of its days. Of a day that is settled, what was paid out for it.',
  }),
};

const head = { currency: z.string(), from: z.string(), to: z.string() };
export const marketStatisticsOut = z
  .object({
    marketId: z.string(),
    ...head,
    total: z.object(marketFigures),
    days: z.array(z.object({ date: z.string(), ...marketFigures })).meta({ description: 'Without those of nothing.' }),
  })
  .meta({ id: 'MarketStatistics' });

export const merchantStatisticsOut = z
  .object({
    merchantId: z.string(),
    marketId: z.string(),
    ...head,
    total: z.object(merchantFigures),
    days: z
      .array(z.object({ date: z.string(), ...merchantFigures }))
      .meta({ description: 'Without those of nothing.' }),
  })
  .meta({ id: 'MerchantStatistics' });
