import * as z from 'zod';
import { TERM_DAYS_MAX } from '../../../shared/calendar/settlement.ts';
import { calendarName } from '../markets/market-shapes.ts';
import type { ClearingTerms } from './clearing-terms.ts';

/** What clearing terms look like to a caller. */

const days = z.int().min(0).max(TERM_DAYS_MAX);
const workingDaysOnly = z.boolean().default(false).meta({
  description: 'A due date that is a day off moves to the next working day.',
});

const periodIn = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('WORKING_DAYS'), days }),
    z.strictObject({ kind: z.literal('NATURAL_DAYS'), days, workingDaysOnly }),
    z.strictObject({
      kind: z.literal('MONTHLY'),
      day: z.int().min(1).max(31).meta({ description: 'Of the month; beyond its end, the last.' }),
      delayDays: days.default(0),
      workingDaysOnly,
    }),
    z.strictObject({ kind: z.literal('MONTH_END'), delayDays: days.default(0), workingDaysOnly }),
  ])
  .meta({
    id: 'ClearingPeriod',
    description:
      'WORKING_DAYS: T+N. NATURAL_DAYS: D+N. MONTHLY: on a day of the month, `delayDays` natural days after the trade at ' +
      'the earliest. MONTH_END: `delayDays` natural days after the last day of the month.',
  });

export const clearingIn = z
  .strictObject({
    from: z.enum(['PAYMENT', 'CONFIRMATION']).default('PAYMENT').meta({
      description: 'From the payment, or from when the goods were confirmed (确认收货).',
    }),
    period: periodIn,
    mode: z.enum(['BATCH', 'ROLLING']).default('BATCH').meta({
      description:
        'BATCH (翻盘式): what came until the cut-off is due together. ROLLING (滚动式): each order by itself.',
    }),
    cutOff: z
      .string()
      .regex(/^(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$/, 'Send a time as HH:MM, 00:00 to 24:00.')
      .default('24:00')
      .meta({ description: 'BATCH: on the clock of the market; still in time itself. 24:00 where there is none.' }),
    calendar: calendarName.optional().meta({ description: 'That of the market unless told.' }),
  })
  .meta({ id: 'ClearingTermsRequest' });

export const clearingOut = clearingIn
  .required({ calendar: true })
  .meta({ id: 'ClearingTerms', description: 'With the calendar that working days are counted in.' });

/** As the model has it. */
export function toClearing({ calendar, ...asked }: z.output<typeof clearingIn>, marketCalendar: string): ClearingTerms {
  return { ...asked, calendar: calendar ?? marketCalendar };
}
