import * as z from 'zod';
import { expectedVersion } from '../../../shared/http/expected-version.ts';
import { amountOut, page, text } from '../../../shared/http/schemas.ts';
import { collectedStates } from './collected-credit.ts';

/** What credits for files of collections look like to a caller. */

export const collectedQuery = z.strictObject({ state: z.enum(collectedStates).default('DIFFERS'), ...page.shape });

const REASON_LENGTH_MAX = 200;

export const acknowledgeCollectedIn = z.strictObject({
  reason: text(REASON_LENGTH_MAX).meta({ description: 'Why it differs for good.' }),
  expectedVersion: expectedVersion.optional(),
});

export const collectedOut = z
  .object({
    id: z.string(),
    state: z.enum(collectedStates),
    fileId: z.string().meta({ description: 'MsgId or PmtInfId of the file, as the bank quotes it.' }),
    legalEntity: z.string(),
    accountId: z.string().meta({ description: 'The ledger account that the credits are on.' }),
    orders: z.int().meta({ description: 'How many went under this id.' }),
    credited: amountOut.meta({ description: 'What statements say came, less what they say the bank took back.' }),
    settled: amountOut.meta({ description: 'What the orders brought; what went back later is not taken off.' }),
    returned: amountOut.meta({ description: 'Of it, what went back (退汇), as the orders say.' }),
    difference: amountOut.meta({
      description:
        'Credited less settled: below zero, where a bank kept charges, or more is to come. What statements say a bank took back ' +
        'counts only beyond `returned`.',
    }),
    credits: z.array(z.object({ entryId: z.string(), bookedOn: z.string(), amount: amountOut })),
    acknowledged: z
      .string()
      .optional()
      .meta({ description: 'Why it differs for good, as somebody said of this difference or of an earlier one.' }),
    comparedAt: z.string(),
    version: z.int(),
    createdAt: z.string(),
    changedAt: z.string(),
  })
  .meta({ id: 'CollectedCredit' });
