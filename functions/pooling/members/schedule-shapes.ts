import * as z from 'zod';
import { date, nonNegativeAmount } from '../../../shared/http/schemas.ts';
import { scheduleFaults } from '../schedule/faults.ts';
import { holidayModes } from '../schedule/schedule.ts';

/** What schedules and limits of agreements look like to a caller. */

const times = z
  .array(z.string())
  .min(1)
  .max(2)
  .meta({ description: 'HH:MM, Asia/Shanghai; one or two a day.', examples: [['18:30']] });
const holiday = z.enum(holidayModes).default('SKIP').meta({
  description:
    'A due day that is no working day: left out, moved to the next or the previous one, or run all the same.',
});
const weekdays = z.array(z.int()).min(1).max(7).meta({ description: '1 for Monday to 7 for Sunday.' });
const days = z.union([
  z.enum(['PERIOD_BEGIN', 'PERIOD_END']),
  z.strictObject({
    days: z.array(z.int()).min(1).max(31).meta({
      description:
        'Days of the month, 1 to 31; of a quarter, those of its last month. A day beyond the end is the last.',
    }),
  }),
]);

export const schedule = z
  .discriminatedUnion('frequency', [
    z.strictObject({ frequency: z.literal('DAILY'), times, holiday }),
    z.strictObject({ frequency: z.literal('WEEKLY'), weekdays, times, holiday }),
    z.strictObject({ frequency: z.literal('TEN_DAYS'), on: days, times, holiday }),
    z.strictObject({ frequency: z.literal('MONTHLY'), on: days, times, holiday }),
    z.strictObject({ frequency: z.literal('QUARTERLY'), on: days, times, holiday }),
  ])
  .check(({ value, issues }) => {
    for (const { path, detail } of scheduleFaults(value)) {
      issues.push({ code: 'custom', input: value, path: [...path], message: detail });
    }
  })
  .meta({ id: 'SweepSchedule' });

export const limit = z
  .discriminatedUnion('period', [
    z.strictObject({ period: z.enum(['DAY', 'WEEK', 'TEN_DAYS', 'MONTH', 'YEAR']), amount: nonNegativeAmount }),
    z.strictObject({ period: z.literal('RANGE'), from: date, to: date, amount: nonNegativeAmount }),
  ])
  .refine((one) => one.period !== 'RANGE' || one.from <= one.to, {
    path: ['to'],
    message: 'A range of days ends on or after its first day.',
  })
  .meta({ id: 'PeriodLimit', description: 'TEN_DAYS: the first, second and last third of a month (旬).' });
