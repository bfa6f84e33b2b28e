import type { RouteDescription } from '../../shared/service/description.ts';
import { readers } from './routes-centres.ts';

const cycles = '/v1/netting-cycles';
const cycle = `${cycles}/{cycleId}`;

/** What netting serves over cycles; part of its description. A closing names the state that it is for, so it has no key. */
export const cycleRoutes: readonly RouteDescription[] = [
  {
    operation: 'listNettingCycles',
    method: 'GET',
    path: cycles,
    access: readers,
    summary: 'List the cycles of a netting centre',
    success: 200,
  },
  {
    operation: 'getNettingCycle',
    method: 'GET',
    path: cycle,
    access: readers,
    summary: 'Get a netting cycle',
    success: 200,
  },
  {
    operation: 'closeNettingCycle',
    method: 'POST',
    path: `${cycle}/close`,
    access: ['treasurer'],
    summary: 'Cut a netting cycle off, or close it',
    success: 202,
  },
];
