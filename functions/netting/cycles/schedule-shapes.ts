import * as z from 'zod';
import { calendars } from '../../../shared/calendar/calendars.ts';
import { defaultZone, isZone } from '../../../shared/calendar/local-time.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { CycleSchedule } from './schedule.ts';

const ZONE_LENGTH_MAX = 40;
const WORKING_DAYS_MAX = 30;

const time = z
  .string()
  .regex(/^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/, 'Send a time as HH:MM, 00:00 to 23:59.')
  .meta({ examples: ['17:00'] });
const known = [...calendars.keys()].join(', ');

export const scheduleIn = z
  .strictObject({
    zone: z
      .string()
      .max(ZONE_LENGTH_MAX)
      .refine(isZone, `Send a zone of the IANA database, such as ${defaultZone}.`)
      .default(defaultZone)
      .meta({ description: 'The clock of its times.' }),
    calendar: z
      .string()
      .refine((name) => calendars.has(name), `Name a calendar that there is: ${known}.`)
      .default('CN_STATE_COUNCIL')
      .meta({ description: `Whose working days count: ${known}.` }),
    days: z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('DAILY') }),
        z.strictObject({
          kind: z.literal('WEEKLY'),
          dayOfWeek: z.int().min(1).max(7).meta({ description: '1 for Monday.' }),
        }),
        z.strictObject({
          kind: z.literal('MONTHLY'),
          dayOfMonth: z.int().min(1).max(31).meta({ description: 'Beyond the end of a month its last day.' }),
        }),
      ])
      .meta({ description: 'On which days there is a cut-off; on a day off it is made on the next working day.' }),
    cutOff: time,
    confirmation: z
      .strictObject({ workingDays: z.int().min(0).max(WORKING_DAYS_MAX), time })
      .optional()
      .meta({ description: 'Until when after the cut-off date obligations are confirmed and disputed.' }),
    valueDays: z.int().min(0).max(WORKING_DAYS_MAX).default(0).meta({
      description: 'Working days from the cut-off date to the day on which payments have value.',
    }),
  })
  .meta({ id: 'CycleSchedule' });

/** As the model has it. */
export function toSchedule({ confirmation, ...rest }: z.output<typeof scheduleIn>): CycleSchedule {
  return { ...rest, ...defined({ confirmation }) };
}
