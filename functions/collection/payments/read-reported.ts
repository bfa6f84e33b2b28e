import * as z from 'zod';
import { amount } from '../../../shared/http/schemas.ts';
import type { ReturnEntry } from '../../../shared/money/came-back.ts';
import { defined } from '../../../shared/objects/defined.ts';

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

/** What a bank told of a payment, in states of ISO 20022. Minor units. */
export interface ReportedPayment {
  readonly state: z.output<typeof reported>['state'];
  readonly amount?: bigint;
  /** The bank's entries that say so, each by its references; none where it does not name them. */
  readonly entries?: readonly Omit<ReturnEntry, 'on'>[];
  readonly text?: string;
  /** ISO instant, by the bank. */
  readonly at: string;
}

/** What the event `collection.payment-reported.v1` says. Throws ZodError on what is none. */
export function readReported(data: unknown): ReportedPayment {
  const { state, amount: moved, entries, text, at } = reported.parse(data);
  const named = entries?.map(({ references, by, amount: part }) => {
    return { references, ...defined({ by }), amount: part.minor };
  });
  return { state, at, ...defined({ amount: moved?.minor, entries: named, text }) };
}
