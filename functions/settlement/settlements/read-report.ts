import * as z from 'zod';
import { amount } from '../../../shared/http/schemas.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { ReportOfPayout } from './payout-after-report.ts';

const reported = z.object({
  state: z.enum(['ACCEPTED', 'PROCESSING', 'SETTLED', 'REJECTED', 'RETURNED']),
  amount: amount.optional(),
  entries: z
    .array(
      z.object({ references: z.array(z.string()).min(1), by: z.enum(['ENTRY', 'TRANSACTION']).optional(), amount }),
    )
    .optional(),
  text: z.string().optional(),
  at: z.string(),
});

/** What the event of a reported payment says. Throws ZodError on what is none. */
export function readReport(data: unknown): ReportOfPayout {
  const { state, amount: moved, entries, text, at } = reported.parse(data);
  const named = entries?.map(({ references, by, amount: part }) => ({
    ...{ references, amount: part.minor },
    ...defined({ by }),
  }));
  return { state, at, ...defined({ amount: moved?.minor, entries: named, text }) };
}
