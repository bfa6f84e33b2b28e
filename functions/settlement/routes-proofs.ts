import type { RouteDescription } from '../../shared/service/description.ts';
import { keepers, readers } from './routes-markets.ts';

const proof = '/v1/markets/{marketId}/proof';

/** What settlement serves over proofs of markets; part of its description. Asking again is proving again, so it has no key. */
export const proofRoutes: readonly RouteDescription[] = [
  {
    operation: 'askForProof',
    method: 'POST',
    path: proof,
    access: keepers,
    summary: 'Prove that orders, days and the ledger of a market say the same',
    success: 202,
  },
  {
    operation: 'getProof',
    method: 'GET',
    path: proof,
    access: readers,
    summary: 'Get how far the proof of a market is, and what it came to',
    success: 200,
  },
  {
    operation: 'listClosedDays',
    method: 'GET',
    path: `${proof}/days`,
    access: readers,
    summary: 'List the closing figures of a market’s days',
    success: 200,
  },
];
