import * as z from 'zod';
import { instant } from '../../../shared/http/schemas.ts';
import { outageFaults } from '../routing/rail-faults.ts';

/** What outages of a rail look like to a caller, sent and received; and what all that is replaced as a whole has. */

const OUTAGES_MAX = 50;
const VERSION_MAX = 1_000_000_000;
export const firstDay = '2000-01-01';
const lastDay = '2099-12-31';

/** An instant near enough that zones and calendars can be asked about it. */
export const nearInstant = instant.refine(
  (text) => text >= firstDay && text.slice(0, 10) <= lastDay,
  `Send an instant from ${firstDay} to ${lastDay}.`,
);

export const outages = z
  .array(
    z
      .strictObject({
        from: nearInstant,
        to: nearInstant.optional().meta({ description: 'Its end, no longer part of it.' }),
      })
      .meta({
        id: 'RailOutage',
        description: 'A time during which the rail is down; without an end where that is not known.',
      }),
  )
  .max(OUTAGES_MAX)
  .check((context) => {
    const { value, issues } = context;
    if (issues.length > 0) return;
    for (const { path, detail } of outageFaults(value.map(toOutage))) {
      issues.push({ code: 'custom', path: [...path], input: value, message: detail });
    }
  });

export function toOutage({ from, to }: { from: string; to?: string | undefined }) {
  return { from: new Date(from), ...(to !== undefined && { to: new Date(to) }) };
}

export const expectedVersion = z
  .int()
  .min(0)
  .max(VERSION_MAX)
  .meta({ description: 'The version that you have read, 0 for none yet; another one is refused.' });

/** Who changed it last, and when. */
export const changed = {
  changedAt: z.string().optional(),
  changedBy: z.strictObject({ client: z.string(), role: z.string(), requestId: z.string() }).optional(),
};

export const outagesOut = z
  .strictObject({
    railId: z.string(),
    version: z.int(),
    outages: z.array(z.strictObject({ from: z.string(), to: z.string().optional() })),
    ...changed,
  })
  .meta({ id: 'RailOutages' });
