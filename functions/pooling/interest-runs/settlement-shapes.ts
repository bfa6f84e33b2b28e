import * as z from 'zod';
import { date } from '../../../shared/http/schemas.ts';
import { settlementFrequencies } from '../interest/settlement-periods.ts';
import { time } from '../members/member-shapes.ts';

/**
 * By then the bank's statement of the settlement day has come, as a rule, so that what is valued on it is counted at once and
 * not as a difference in the next period; and whoever has to mend a fault is at work.
 */
const settlementTime = '09:00';
const settledFromMax = '9999-01-01';

export const settlementDay = z
  .strictObject({
    frequency: z.enum(settlementFrequencies).meta({
      description:
        'Each month; March, June, September and December; June and December; or December has a settlement day.',
    }),
    day: z
      .int()
      .min(1)
      .max(31)
      .meta({ description: 'Of the month; beyond its end, its last day.', examples: [20] }),
    from: date
      .refine((from) => from < settledFromMax, `Send a day before ${settledFromMax}.`)
      .meta({
        description:
          'The first day that counts, where no period has been computed yet; later periods begin where the last one ended. May lie in the past, ten years at most: the periods since then are run one after the other.',
        examples: ['2026-03-21'],
      }),
    time: time.default(settlementTime).meta({
      description: 'HH:MM, Asia/Shanghai, on the day after the settlement day: the time at which the run is started.',
    }),
  })
  .meta({
    id: 'SettlementDay',
    description:
      '结息日: the period that ends with this day, which counts, is computed and booked on the next natural day. Days off are not shifted. Without any rate in the terms there is nothing to settle, and it is refused.',
  });
