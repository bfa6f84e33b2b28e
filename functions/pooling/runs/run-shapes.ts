import * as z from 'zod';
import { amountOut, date } from '../../../shared/http/schemas.ts';
import { SCHEDULED_RUNS_FROM } from '../schedule/slots.ts';
import { reasonCodes, reasons } from '../sweeps/reasons.ts';

/** What plans and runs look like to a caller. */

/** Runs of a day that are started by hand, at most. */
const runsByHandMax = 999;

export const runIn = z
  .strictObject({
    businessDate: date,
    runNumber: z
      .int()
      .refine(isRunNumber, `Send 1 to ${runsByHandMax}, or 1HHMM for the run that the schedule has at HH:MM.`)
      .default(1)
      .meta({
        description: `Which run of the day: 1 to ${runsByHandMax} take in every agreement that is due; 11830 is the run that the schedule has at 18:30.`,
      }),
  })
  .meta({ id: 'RunRequest' });

function isRunNumber(number: number): boolean {
  const time = number - SCHEDULED_RUNS_FROM;
  return (number >= 1 && number <= runsByHandMax) || (time >= 0 && time < 2_400 && time % 100 < 60);
}

const reason = z
  .enum(reasonCodes)
  .meta({ id: 'SweepReason', description: reasonCodes.map((code) => `${code}: ${reasons[code]}`).join(' ') });
const totals = z.object({ up: amountOut, down: amountOut });

const leg = z.object({
  number: z.int(),
  accountId: z.string().meta({ description: 'The account below.' }),
  parentAccountId: z.string(),
  direction: z.enum(['UP', 'DOWN']),
  debitAccountId: z.string(),
  creditAccountId: z.string(),
  amount: amountOut,
  cut: reason.optional().meta({ description: 'What made it less than its rule asked for.' }),
  loan: z.boolean().meta({ description: 'It makes or pays back a loan between two entities.' }),
});

export const plannedLegOut = leg.meta({ id: 'PlannedLeg' });

export const legOut = leg
  .extend({
    status: z.enum(['PLANNED', 'INSTRUCTED', 'CONFIRMED', 'FAILED', 'SKIPPED']),
    moved: amountOut
      .optional()
      .meta({ description: 'CONFIRMED: what moved; less than planned where money that it passes on did not arrive.' }),
    transferId: z.string().meta({ description: 'The transfer in the ledger, or the record of its refusal.' }),
    reason: reason.optional(),
    problem: z
      .object({ code: z.string(), detail: z.string() })
      .optional()
      .meta({ description: 'Why the ledger refused.' }),
  })
  .meta({ id: 'RunLeg' });

export const idleOut = z
  .object({
    accountId: z.string(),
    up: reason.meta({ description: 'Why nothing goes up.' }),
    down: reason.meta({ description: 'Why nothing comes down.' }),
    explanation: z.string(),
  })
  .meta({ id: 'IdleAccount' });

export const planOut = z
  .object({
    poolId: z.string(),
    businessDate: z.string(),
    runNumber: z.int(),
    planned: totals,
    legs: z.array(plannedLegOut),
    withoutLeg: z.array(idleOut),
  })
  .meta({ id: 'Plan' });

export const runSummaryOut = z
  .object({
    id: z.string(),
    poolId: z.string(),
    trigger: z.enum(['SCHEDULED', 'REAL_TIME']),
    startedBy: z.enum(['SCHEDULE', 'HAND', 'EVENT']),
    businessDate: z.string(),
    runNumber: z.int().optional(),
    origin: z
      .object({ accountId: z.string(), transferId: z.string() })
      .optional()
      .meta({ description: 'REAL_TIME: the credit that set it off.' }),
    status: z.enum(['RUNNING', 'COMPLETED', 'PARTIAL', 'FAILED']),
    legCount: z.int(),
    planned: totals,
    moved: totals.optional(),
    confirmed: z.int().optional(),
    failed: z.int().optional(),
    skipped: z.int().optional(),
    configVersion: z.int(),
    startedAt: z.string(),
    endedAt: z.string().optional(),
  })
  .meta({ id: 'RunSummary' });

export const runOut = runSummaryOut
  .extend({
    progress: z.object({ legs: z.int(), atEnd: z.int() }),
    legs: z.array(legOut),
    withoutLeg: z.array(idleOut).meta({ description: 'On the first page.' }),
    nextCursor: z.string().optional(),
  })
  .meta({ id: 'Run' });
