import type { RouteDescription } from '../../shared/service/description.ts';
import { keepers, readers } from './routes-markets.ts';

/** What of the journal waits for somebody; part of the description of settlement. Asking again twice is asking once, so it has no key. */
export const waitingRoutes: readonly RouteDescription[] = [
  {
    operation: 'listWaitingPostings',
    method: 'GET',
    path: '/v1/markets/{marketId}/waiting-postings',
    access: readers,
    summary: 'List what the ledger refused of a market’s journal, and why',
    success: 200,
  },
  {
    operation: 'askForPosting',
    method: 'POST',
    path: '/v1/markets/{marketId}/waiting-postings/{postingId}/retry',
    access: keepers,
    summary: 'Ask the ledger again for a posting that it refused',
    success: 200,
  },
  {
    operation: 'listWaitingSteps',
    method: 'GET',
    path: '/v1/markets/{marketId}/waiting-steps',
    access: readers,
    summary: 'List refunds and subsidies that the ledger refused, and why',
    success: 200,
  },
  {
    operation: 'askForStep',
    method: 'POST',
    path: '/v1/markets/{marketId}/waiting-steps/{stepId}/retry',
    access: keepers,
    summary: 'Ask the ledger again for a refund or subsidy that it refused',
    success: 200,
  },
  {
    operation: 'listParkedChanges',
    method: 'GET',
    path: '/v1/parked-changes',
    access: readers,
    summary: 'List changes of orders that the journal could not compute, and why',
    success: 200,
  },
];
