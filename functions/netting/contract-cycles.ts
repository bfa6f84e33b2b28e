import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import { general } from '../../shared/problems/general.ts';
import * as examples from './cycles/cycle-examples.ts';
import { closeIn, cycleId, cycleOut, cyclesOut, cyclesQuery } from './cycles/cycle-shapes.ts';
import { problems } from './problems.ts';

const path = z.strictObject({ cycleId });

export const cycleContract = {
  listNettingCycles: {
    description: 'The latest cut-off date first.',
    query: cyclesQuery,
    response: cyclesOut,
    problems: [problems['centre-not-found']],
    example: examples.listNettingCycles,
  },
  getNettingCycle: {
    path,
    response: cycleOut,
    problems: [problems['cycle-not-found']],
    example: examples.getNettingCycle,
  },
  closeNettingCycle: {
    description:
      'At its times a cycle is cut off and closed by itself. To CONFIRMING: what comes afterwards goes to the next cycle, which is ' +
      'opened by then. To CLOSED, when its confirmation is over: it is worked out in the background, disputed obligations go to the ' +
      'next cycle, and `closing` says how far it is or what is in the way. Asked twice, it changes nothing the second time; where ' +
      'something was in the way, it is tried again. 200: it has got there.',
    path,
    body: closeIn,
    response: cycleOut,
    problems: [
      problems['cycle-not-found'],
      problems['obligation-not-found'],
      problems['confirmation-runs'],
      problems['closing-under-way'],
      problems['cycle-closed'],
      general['conflict-retry'],
    ],
    example: examples.closeNettingCycle,
  },
} satisfies Contract;
