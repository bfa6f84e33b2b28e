import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import { general } from '../../shared/problems/general.ts';
import { centreId } from './centres/centre-shapes.ts';
import { problems } from './problems.ts';
import * as examples from './told/untaken-examples.ts';
import { takeIn, takenOut, untakenListOut, untakenQuery } from './told/untaken-shapes.ts';

const path = z.strictObject({ centreId });

export const untakenContract = {
  listUntakenObligations: {
    description: 'By reference: of suspended participants, or in currencies that the centre does not net, say.',
    path,
    query: untakenQuery,
    response: untakenListOut,
    problems: [problems['centre-not-found']],
    example: examples.listUntakenObligations,
  },
  takeUntakenObligations: {
    description:
      'Up to 500 at once, when what stood in their way was mended. Asked twice, it takes nothing the second time. Each is taken by ' +
      'itself too when its source tells of it again.',
    path,
    body: takeIn,
    response: takenOut,
    problems: [problems['centre-not-found'], general['conflict-retry']],
    example: examples.takeUntakenObligations,
  },
} satisfies Contract;
