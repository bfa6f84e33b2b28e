import * as z from 'zod';
import { amountOut } from '../../../shared/http/schemas.ts';
import { participantId } from '../centres/participant-shapes.ts';
import { settlingStates, waitReasons } from './settling.ts';

/** What the settlement of a cycle looks like to a caller. */

const LEFT_OUT_MAX = 100;

const waitingParty = z
  .object({
    participant: z.string(),
    code: z.enum(waitReasons).meta({
      description:
        'SHORT_OF_FUNDS: there is too little on its account. ACCOUNT: its account cannot be used. LEDGER: the ledger refuses it.',
    }),
    amount: amountOut.meta({ description: 'What it has to pay and is not set aside yet.' }),
    missing: amountOut.optional().meta({ description: 'What is missing of that on the account.' }),
    accountId: z.string().optional(),
    detail: z.string(),
  })
  .meta({ id: 'NettingWaitingParty' });

export const settlingOut = z
  .object({
    state: z.enum([...settlingStates, 'PENDING_FUNDS']).meta({
      description:
        'HOLDING: money is set aside; nothing moves until that of all is. PENDING_FUNDS: see `waiting`; it is asked for again every ' +
        'quarter of an hour. POSTING: all is set aside, and is posted. RELEASING: it is given free, and the cycle is closed anew.',
    }),
    askedAt: z.string(),
    legs: z.object({ count: z.int(), setAside: z.int() }),
    waiting: z
      .object({
        count: z.int(),
        parties: z.array(waitingParty).meta({ description: 'The first of them.' }),
      })
      .optional(),
    askAgainAt: z.string().optional(),
    failure: z.string().optional(),
  })
  .meta({ id: 'NettingCycleSettling' });

export const unwindIn = z
  .strictObject({
    leaveOut: z.array(participantId).min(1).max(LEFT_OUT_MAX).meta({
      description: 'Participants of whom all that they owe and are owed goes to the next cycle.',
    }),
  })
  .meta({ id: 'NettingCycleUnwinding' });
