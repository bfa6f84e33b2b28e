import type { RouteDescription } from '../../shared/service/description.ts';
import { readers } from './routes-books.ts';
import { keepers } from './routes-customers.ts';

const runs = '/v1/reconciliation-runs';
const run = `${runs}/{runId}`;

/** What receivables serve over runs; part of their description. */
export const runRoutes: readonly RouteDescription[] = [
  {
    operation: 'startReconciliationRun',
    method: 'POST',
    path: runs,
    access: keepers,
    summary: 'Match all open receipts, or try it',
    success: 202,
    idempotencyKey: 'REQUIRED',
  },
  {
    operation: 'listReconciliationRuns',
    method: 'GET',
    path: runs,
    access: readers,
    summary: 'List reconciliation runs, the latest first',
    success: 200,
  },
  {
    operation: 'getReconciliationRun',
    method: 'GET',
    path: run,
    access: readers,
    summary: 'Get a reconciliation run, its progress and result',
    success: 200,
  },
  {
    operation: 'listRunDecisions',
    method: 'GET',
    path: `${run}/decisions`,
    access: readers,
    summary: 'List what a run decided',
    success: 200,
  },
  {
    operation: 'compareReconciliationRun',
    method: 'GET',
    path: `${run}/comparison`,
    access: readers,
    summary: 'Compare a dry run with what is booked, or with another',
    success: 200,
  },
];
