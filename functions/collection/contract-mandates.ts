import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import { id, page } from '../../shared/http/schemas.ts';
import { general } from '../../shared/problems/general.ts';
import * as examples from './mandates/mandate-examples.ts';
import { mandateIn, mandateOut, mandateWithUsage } from './mandates/mandate-shapes.ts';
import { problems } from './problems.ts';

const path = z.strictObject({ mandateId: id('man') });
const acting = {
  path,
  response: mandateOut,
  problems: [problems['mandate-not-found'], problems['mandate-state'], general['conflict-retry']],
};

export const mandateContract = {
  createMandate: {
    description:
      'It is PENDING until you note that the payer’s side has confirmed it. Nothing of it can be changed later: a payer agrees anew.',
    body: mandateIn,
    response: mandateOut,
    problems: [problems['agreement-number-taken'], general['conflict-retry']],
    example: examples.createMandate,
  },
  listMandates: {
    query: page,
    response: z.object({ mandates: z.array(mandateOut), nextCursor: z.string().optional() }),
    example: examples.listMandates,
  },
  getMandate: {
    path,
    response: mandateWithUsage,
    problems: [problems['mandate-not-found']],
    example: examples.getMandate,
  },
  confirmMandate: {
    ...acting,
    description: 'From then on it may be collected under it, once its first day has come.',
    example: examples.confirmMandate,
  },
  suspendMandate: {
    ...acting,
    description: 'Nothing is collected until it is resumed. Asked twice, it changes nothing the second time.',
    example: examples.suspendMandate,
  },
  resumeMandate: {
    ...acting,
    description: 'It stands again as before it was suspended.',
    example: examples.resumeMandate,
  },
  revokeMandate: {
    ...acting,
    description:
      'Nothing is handed to a bank after this moment. What a bank has already got is not called back. There is no way back.',
    example: examples.revokeMandate,
  },
} satisfies Contract;
