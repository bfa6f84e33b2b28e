import * as z from 'zod';
import { retryDaysMax, retryTriesMax } from './retry-policy.ts';

const time = z
  .string()
  .regex(/^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/, 'Send a time as HH:MM, 00:00 to 23:59.')
  .meta({ description: 'On the clock of Asia/Shanghai.', examples: ['10:00'] });
const partial = z
  .boolean()
  .default(false)
  .meta({ description: 'Whether what is there is taken where the whole is not.' });

export const retryPolicy = z
  .discriminatedUnion('when', [
    z.strictObject({ when: z.literal('NEVER') }),
    z.strictObject({
      when: z.literal('SET_DAYS'),
      days: z
        .array(z.int().min(1).max(retryDaysMax))
        .min(1)
        .max(retryTriesMax)
        .check(({ value, issues }) => {
          for (const [index, day] of value.entries()) {
            const before = value[index - 1];
            if (before === undefined || day > before) continue;
            issues.push({
              code: 'custom',
              input: day,
              path: [index],
              message: `Send more than ${before}; days ascend.`,
            });
          }
        })
        .meta({ description: 'Days after the first try.', examples: [[1, 3, 7]] }),
      time,
      partial,
    }),
    z.strictObject({
      when: z.literal('PAY_DAY'),
      day: z.int().min(1).max(31).meta({ description: 'Of the month; beyond its end, the last.' }),
      time,
      tries: z.int().min(1).max(retryTriesMax).default(1),
      partial,
    }),
  ])
  .meta({
    id: 'RetryPolicy',
    description:
      'When a collection is tried again that found too little money; a day off moves to the next working day.',
  });
