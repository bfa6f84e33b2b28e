import * as z from 'zod';
import { isPlainDate } from '../../../shared/calendar/plain-date.ts';
import { page } from '../../../shared/http/schemas.ts';
import { centreId } from '../centres/centre-shapes.ts';
import { cycleStates } from './cycle.ts';

/** What cycles look like to a caller. */

const shape = 'Send the id of a cycle, such as cyc_group_2026-03-31.';

export const cycleId = z
  .string()
  .regex(/^cyc_[A-Za-z0-9_-]{1,40}_[0-9]{4}-[0-9]{2}-[0-9]{2}$/, shape)
  .refine((id) => isPlainDate(id.slice(-10)), shape)
  .meta({ examples: ['cyc_group_2026-03-31'] });

export const cycleOut = z
  .object({
    id: z.string(),
    centreId: z.string(),
    cutOffDate: z.string(),
    state: z.enum(cycleStates).meta({
      description:
        'OPEN: it takes obligations. CONFIRMING: it takes none any more, and those it has are confirmed and disputed.',
    }),
    cutOffAt: z.string().meta({ description: 'What comes from then on goes to the next cycle.' }),
    confirmUntil: z.string().meta({ description: 'Until when its obligations are confirmed and disputed.' }),
    valueDate: z.string(),
    openedAt: z.string(),
    cutAt: z.string().optional().meta({ description: 'When it was cut off.' }),
    version: z.int(),
    changedAt: z.string(),
  })
  .meta({ id: 'NettingCycle' });

export const cyclesQuery = z.strictObject({ ...page.shape, centreId });
export const cyclesOut = z.object({ cycles: z.array(cycleOut), nextCursor: z.string().optional() });

export const closeIn = z
  .strictObject({
    to: z.enum(['CONFIRMING']).meta({ description: 'The state that it is to reach: it is cut off now.' }),
  })
  .meta({ id: 'NettingCycleClosing' });
