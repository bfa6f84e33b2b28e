import * as z from 'zod';
import { isPlainDate } from '../../../shared/calendar/plain-date.ts';
import { page, text } from '../../../shared/http/schemas.ts';
import { centreId } from '../centres/centre-shapes.ts';
import { REFERENCE_LENGTH_MAX } from '../obligations/obligation.ts';
import { closingOut, figuresOut } from '../report/report-shapes.ts';
import { settlingOut } from '../settling/settling-shapes.ts';
import { cycleStates } from './cycle.ts';

/** What cycles look like to a caller. */

/** They stand in the cycle's item until it is closed. */
const LEFT_OUT_MAX = 1_000;
/** An item has 400 KB, and an event that tells of it 256. */
const LEFT_OUT_BYTES_MAX = 200_000;

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
        'OPEN: it takes obligations. CONFIRMING: it takes none any more, and those it has are confirmed and disputed. CLOSED: its ' +
        'figures stand. SETTLING: from its value date on money is set aside for it, and posted. SETTLED: everything is paid in the ' +
        'ledger.',
    }),
    cutOffAt: z.string().meta({ description: 'What comes from then on goes to the next cycle.' }),
    confirmUntil: z.string().meta({ description: 'Until when its obligations are confirmed and disputed.' }),
    valueDate: z.string(),
    openedAt: z.string(),
    cutAt: z.string().optional().meta({
      description: 'From when on it takes no obligation. While it is still OPEN, its cut-off is under way.',
    }),
    shutAt: z.string().optional().meta({ description: 'When its confirmation ended.' }),
    closedAt: z.string().optional(),
    closing: closingOut.optional().meta({ description: 'While it is on its way to CLOSED.' }),
    settling: settlingOut.optional().meta({ description: 'While it is on its way to SETTLED.' }),
    settledAt: z.string().optional(),
    figures: figuresOut.optional().meta({
      description: 'Its totals once they stand; where a limit is breached, as they would be. The report has its rows.',
    }),
    version: z.int(),
    changedAt: z.string(),
  })
  .meta({ id: 'NettingCycle' });

export const cyclesQuery = z.strictObject({ ...page.shape, centreId });
export const cyclesOut = z.object({ cycles: z.array(cycleOut), nextCursor: z.string().optional() });

const reference = text(REFERENCE_LENGTH_MAX);

export const closeIn = z
  .strictObject({
    to: z.enum(['CONFIRMING', 'CLOSED']).meta({ description: 'The state that it is to reach.' }),
    leaveOut: z
      .array(reference)
      .max(LEFT_OUT_MAX)
      .refine((list) => Buffer.byteLength(list.join()) <= LEFT_OUT_BYTES_MAX, {
        message: `Send fewer, ${LEFT_OUT_BYTES_MAX.toLocaleString('en')} bytes at most in all.`,
      })
      .optional()
      .meta({
        description:
          'To CLOSED: references of obligations that are to go to the next cycle, so that a limit is kept, say; their order does not ' +
          'matter. In the place of those that were sent before.',
      }),
  })
  .refine(({ to, leaveOut }) => to === 'CLOSED' || leaveOut === undefined, {
    path: ['leaveOut'],
    message: 'Send it with "to":"CLOSED".',
  })
  .meta({ id: 'NettingCycleClosing' });
