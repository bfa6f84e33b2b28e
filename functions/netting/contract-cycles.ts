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
      'At its time a cycle is cut off by itself. What comes afterwards goes to the next cycle, which is opened by then. Asked twice, ' +
      'it changes nothing the second time.',
    path,
    body: closeIn,
    response: cycleOut,
    problems: [problems['cycle-not-found'], general['conflict-retry']],
    example: examples.closeNettingCycle,
  },
} satisfies Contract;
