import * as z from 'zod';
import { amountOut, page } from '../../../shared/http/schemas.ts';
import { marketId } from '../markets/market-shapes.ts';
import { stepKinds } from '../orders/booking/booking-step.ts';

/** What of the journal waits, as a caller sees it. */

export const waitingPath = z.strictObject({ marketId });
export const postingPath = z.strictObject({
  marketId,
  postingId: z.string().regex(/^pst_[0-9A-HJKMNP-TV-Z]{26}$/, 'Send the id as the list has it.'),
});
export const stepPath = z.strictObject({
  marketId,
  stepId: z.string().regex(/^stp_[\w-]{1,400}$/, 'Send the id as the list has it.'),
});
export const waitingQuery = page;

const refused = {
  code: z.string().meta({ description: 'Why the ledger refused it last.' }),
  detail: z.string(),
  since: z.string(),
  refusals: z.int(),
  askAt: z.string().meta({ description: 'When the ledger is asked again; each time it waits twice as long.' }),
  legs: z
    .array(z.object({ debit: z.string(), credit: z.string(), amount: amountOut }))
    .meta({ description: 'Net, between accounts of the market by what they are for.' }),
};

export const waitingPostingOut = z.object({ id: z.string(), ...refused }).meta({ id: 'WaitingPosting' });

export const waitingPostingsOut = z.object({
  postings: z.array(waitingPostingOut),
  nextCursor: z.string().optional(),
});

export const waitingStepOut = z
  .object({ id: z.string(), orderNo: z.string(), kind: z.enum(stepKinds), refundNo: z.string().optional(), ...refused })
  .meta({ id: 'WaitingStep' });

export const waitingStepsOut = z.object({
  steps: z.array(waitingStepOut),
  nextCursor: z.string().optional(),
});

export const parkedChangesOut = z.object({
  changes: z.array(
    z
      .object({
        orderNo: z.string(),
        reason: z.string().meta({ description: 'Why its lines could not be computed.' }),
        since: z.string(),
      })
      .meta({ id: 'ParkedChange' }),
  ),
  nextCursor: z.string().optional(),
});
