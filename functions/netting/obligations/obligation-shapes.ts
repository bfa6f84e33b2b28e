import * as z from 'zod';
import { amountOut, date, id, page, positiveAmount, text } from '../../../shared/http/schemas.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { faultsOut, lineNumber } from '../batches/batch-shapes.ts';
import { centreId } from '../centres/centre-shapes.ts';
import { sources } from '../centres/identity.ts';
import { participantId } from '../centres/participant-shapes.ts';
import { cycleStates } from '../cycles/cycle.ts';
import { cycleId } from '../cycles/cycle-shapes.ts';
import { isOfSource } from '../keys.ts';
import { actFaultCodes } from './change-obligation.ts';
import { lineFaultCodes } from './check-obligation.ts';
import { type AskedObligation, standingStates } from './obligation.ts';
import { descriptionSize, reasonSize, referenceSize, type TextSize } from './text-size.ts';

/** What obligations look like to a caller. */

/** Text of a length in characters and, so that an obligation stays under 1 KB, in bytes: what it costs to write is counted in KB. */
const shortText = ({ characters, bytes }: TextSize) =>
  text(characters).refine(
    (value) => Buffer.byteLength(value) <= bytes,
    `Send at most ${bytes} bytes of UTF-8, in which a Chinese character has 3.`,
  );
export const OBLIGATIONS_MAX = 10_000;

const disputeReason = shortText(reasonSize);
const reference = shortText(referenceSize).meta({ examples: ['IC-2026-0042'] });

const ofSources = sources.map((source) => `${source}/`).join(', ');

const fields = {
  reference: reference
    .refine(
      (value) => !isOfSource(value),
      `Send one that begins with none of ${ofSources}: obligations that come of events have these.`,
    )
    .meta({
      description:
        'Yours: a centre has one obligation of each, for ever. It begins with none of ' +
        `${ofSources}: so begin those of obligations that come of events.`,
    }),
  payer: participantId,
  payee: participantId,
  amount: positiveAmount,
  date: date.optional().meta({
    description:
      'The day that it is of: it belongs to the first cycle that is cut off on that day or later. Today on the clock of the ' +
      'centre unless told; up to a year ahead or back.',
  }),
  description: shortText(descriptionSize).optional(),
};

export const lineIn = z.strictObject(fields);
export const obligationIn = z.strictObject({ centreId, ...fields }).meta({ id: 'ObligationRequest' });

/** A line is looked at by itself, so that its faults harm no other. */
const anyLine = z.unknown().meta({ id: 'ObligationOfBatch', description: 'An ObligationRequest without `centreId`.' });
export const obligationsIn = z
  .strictObject({ centreId, obligations: z.array(anyLine).min(1).max(OBLIGATIONS_MAX) })
  .meta({ id: 'ObligationsRequest' });

export const obligationOut = z
  .object({
    id: z.string(),
    centreId: z.string(),
    reference: z.string(),
    payer: z.string(),
    payee: z.string(),
    amount: amountOut,
    date: z.string(),
    description: z.string().optional(),
    state: z.enum(standingStates),
    dispute: z.object({ reason: z.string(), since: z.string() }).optional(),
    origin: z
      .object({
        source: z.enum(sources),
        subject: z.string().meta({ description: 'An invoice, a loan, a settlement; of COLLECTIONS the movement.' }),
        owed: amountOut.meta({ description: 'By now, as its source tells.' }),
        overtaken: z.boolean().meta({
          description: 'Its source says otherwise by now, and the cycle took the change no more: see `owed`.',
        }),
      })
      .optional()
      .meta({ description: 'Of one that came of events.' }),
    cycleId: z.string(),
    cycleState: z.enum(cycleStates),
    settled: z.boolean().meta({ description: 'Whether it is paid: with its cycle, `cycleId`, when that is SETTLED.' }),
    movedToNextCycle: z.boolean().meta({
      description:
        'It came when the cycle of its date, `lateFor`, had been cut off; or its cycle, `movedFrom`, closed without it.',
    }),
    lateFor: z.string().optional(),
    movedFrom: z.string().optional(),
    version: z.int(),
    createdAt: z.string(),
    changedAt: z.string(),
  })
  .meta({ id: 'Obligation' });

export const batchOut = z
  .object({
    lines: z.object({ sent: z.int(), accepted: z.int(), known: z.int(), refused: z.int(), movedToNextCycle: z.int() }),
    results: z.array(
      z
        .object({
          line: lineNumber,
          outcome: z.enum(['ACCEPTED', 'KNOWN', 'REFUSED']).meta({
            description: 'KNOWN: it was there already, with the same content; `state` tells what it is by now.',
          }),
          id: z.string().optional(),
          cycleId: z.string().optional(),
          state: z.enum(standingStates).optional(),
          movedToNextCycle: z.boolean().optional(),
          ...faultsOut(lineFaultCodes),
        })
        .meta({ id: 'ObligationResult' }),
    ),
  })
  .meta({ id: 'ObligationBatch' });

const references = z
  .array(reference)
  .min(1)
  .max(OBLIGATIONS_MAX)
  .meta({ description: 'Of obligations of the centre.' });
export const actsIn = z.strictObject({ centreId, references }).meta({ id: 'ObligationActs' });
export const disputesIn = z
  .strictObject({ centreId, references, reason: disputeReason })
  .meta({ id: 'ObligationDisputes' });

export const actsOut = z
  .object({
    lines: z.object({ sent: z.int(), changed: z.int(), unchanged: z.int(), refused: z.int() }),
    results: z.array(
      z
        .object({
          line: lineNumber,
          outcome: z.enum(['CHANGED', 'UNCHANGED', 'REFUSED']).meta({ description: 'UNCHANGED: it stood so already.' }),
          id: z.string().optional(),
          cycleId: z.string().optional(),
          state: z.enum(standingStates).optional(),
          version: z.int().optional(),
          ...faultsOut(actFaultCodes),
        })
        .meta({ id: 'ObligationActResult' }),
    ),
  })
  .meta({ id: 'ObligationActsDone' });

export const obligationId = id('obl');
export const disputeIn = z.strictObject({ reason: disputeReason }).meta({ id: 'ObligationDispute' });

export const obligationsQuery = z
  .strictObject({
    ...page.shape,
    cycleId: cycleId.optional(),
    state: z.enum(standingStates).optional().meta({ description: 'With `cycleId`: only those in this state.' }),
    centreId: centreId.optional(),
    reference: reference.optional(),
  })
  .refine((query) => (query.cycleId === undefined) !== (query.reference === undefined), {
    path: ['cycleId'],
    message: 'Send `cycleId`, or `centreId` and `reference`.',
  })
  .refine((query) => (query.centreId === undefined) === (query.reference === undefined), {
    path: ['centreId'],
    message: 'Send `centreId` and `reference`, both.',
  })
  .refine((query) => query.state === undefined || query.cycleId !== undefined, {
    path: ['state'],
    message: 'Send it with `cycleId`.',
  });

export const obligationsOut = z.object({ obligations: z.array(obligationOut), nextCursor: z.string().optional() });

/** As the model has it; `today` is the day of the centre. */
export function toAsked(asked: z.output<typeof lineIn>, today: string): AskedObligation {
  const { amount, description, date: told, ...rest } = asked;
  return {
    ...rest,
    ...{ amount: amount.minor, currency: amount.currency as AskedObligation['currency'] },
    ...{ date: told ?? today, isDateTold: told !== undefined },
    ...defined({ description }),
  };
}
