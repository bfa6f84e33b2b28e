import type { RouteDescription } from '../../shared/service/description.ts';
import { readers } from './routes-books.ts';
import { keepers } from './routes-customers.ts';

const receipts = '/v1/receipts';
const receipt = `${receipts}/{receiptId}`;
const exception = '/v1/exceptions/{receiptId}';

/** What receivables serve over receipts; part of their description. */
export const receiptRoutes: readonly RouteDescription[] = [
  {
    operation: 'createReceipt',
    method: 'POST',
    path: receipts,
    access: keepers,
    summary: 'Record money that came',
    success: 201,
    idempotencyKey: 'REQUIRED',
  },
  {
    operation: 'listReceipts',
    method: 'GET',
    path: receipts,
    access: readers,
    summary: 'List receipts, the latest first',
    success: 200,
  },
  {
    operation: 'getReceipt',
    method: 'GET',
    path: receipt,
    access: readers,
    summary: 'Get a receipt with its matches and suggestions',
    success: 200,
  },
  {
    operation: 'matchReceipt',
    method: 'POST',
    path: `${receipt}/match`,
    access: keepers,
    summary: 'Take a suggestion, or say which invoices a receipt pays',
    success: 200,
    idempotencyKey: 'REQUIRED',
  },
  {
    operation: 'unmatchReceipt',
    method: 'POST',
    path: `${receipt}/unmatch`,
    access: keepers,
    summary: 'Undo a match of a receipt, or all',
    success: 200,
    idempotencyKey: 'REQUIRED',
  },
  {
    operation: 'allocateReceipt',
    method: 'POST',
    path: `${receipt}/allocate`,
    access: keepers,
    summary: 'Put money of a receipt to invoices or on account',
    success: 200,
    idempotencyKey: 'REQUIRED',
  },
  {
    operation: 'refundReceipt',
    method: 'POST',
    path: `${receipt}/refund`,
    access: ['treasurer'],
    summary: 'Give money of a receipt back',
    success: 200,
    idempotencyKey: 'REQUIRED',
  },
  {
    operation: 'mergeReceipt',
    method: 'POST',
    path: `${receipt}/merge`,
    access: keepers,
    summary: 'Merge a receipt into another of the same money',
    success: 200,
    idempotencyKey: 'REQUIRED',
  },
  {
    operation: 'unmergeReceipt',
    method: 'POST',
    path: `${receipt}/unmerge`,
    access: keepers,
    summary: 'Take back that a receipt was merged into another',
    success: 200,
    idempotencyKey: 'REQUIRED',
  },
  {
    operation: 'dismissReceipt',
    method: 'POST',
    path: `${receipt}/dismiss`,
    access: keepers,
    summary: 'Say that a receipt, or a part of it, never was one',
    success: 200,
    idempotencyKey: 'REQUIRED',
  },
  {
    operation: 'listOwnCredits',
    method: 'GET',
    path: '/v1/own-credits',
    access: readers,
    summary: 'List money from accounts of your own that is no receipt',
    success: 200,
  },
  {
    operation: 'takeOwnCredit',
    method: 'POST',
    path: '/v1/own-credits/{receiptId}/take',
    access: keepers,
    summary: 'Make a receipt of money from an account of your own',
    success: 200,
    idempotencyKey: 'REQUIRED',
  },
];

/** What receivables serve over matches, exceptions and their books; part of their description. */
export const matchRoutes: readonly RouteDescription[] = [
  {
    operation: 'getMatch',
    method: 'GET',
    path: '/v1/matches/{matchId}',
    access: readers,
    summary: 'Get a match with its evidence',
    success: 200,
  },
  {
    operation: 'listExceptions',
    method: 'GET',
    path: '/v1/exceptions',
    access: readers,
    summary: 'List receipts that wait for somebody',
    success: 200,
  },
  {
    operation: 'assignException',
    method: 'POST',
    path: `${exception}/assign`,
    access: keepers,
    summary: 'Give an exception to somebody',
    success: 200,
  },
  {
    operation: 'settleException',
    method: 'POST',
    path: `${exception}/settle`,
    access: keepers,
    summary: 'Say that an exception was looked at',
    success: 200,
  },
  {
    operation: 'proveReceivables',
    method: 'GET',
    path: '/v1/receivables/proof',
    access: readers,
    summary: 'Prove that receipts, matches and the ledger agree',
    success: 200,
  },
  {
    operation: 'listRefusedBookings',
    method: 'GET',
    path: '/v1/refused-bookings',
    access: readers,
    summary: 'List what the ledger does not take',
    success: 200,
  },
];
