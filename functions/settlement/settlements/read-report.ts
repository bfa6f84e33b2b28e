import * as z from 'zod';
import { amount } from '../../../shared/http/schemas.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { ReportOfPayout } from './payout-after-report.ts';

const reported = z.object({
  state: z.enum(['ACCEPTED', 'PROCESSING', 'SETTLED', 'REJECTED', 'RETURNED']),
  amount: amount.optional(),
  text: z.string().optional(),
  at: z.string(),
});

/** What the event of a reported payment says. Throws ZodError on what is none. */
export function readReport(data: unknown): ReportOfPayout {
  const { state, amount: moved, text, at } = reported.parse(data);
  return { state, at, ...defined({ amount: moved?.minor, text }) };
}
