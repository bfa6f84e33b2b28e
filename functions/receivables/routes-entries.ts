import type { RouteDescription } from '../../shared/service/description.ts';
import { readers } from './routes-books.ts';
import { keepers } from './routes-customers.ts';

/** What receivables serve over entries of statements that are no receipts; part of their description. */
export const entryRoutes: readonly RouteDescription[] = [
  {
    operation: 'listReturnedCredits',
    method: 'GET',
    path: '/v1/returned-credits',
    access: readers,
    summary: 'List credits that banks took back',
    success: 200,
  },
  {
    operation: 'assignReturnedCredit',
    method: 'POST',
    path: '/v1/returned-credits/{returnedCreditId}/assign',
    access: keepers,
    summary: 'Say which receipt a bank took back',
    success: 200,
    idempotencyKey: 'REQUIRED',
  },
  {
    operation: 'dismissReturnedCredit',
    method: 'POST',
    path: '/v1/returned-credits/{returnedCreditId}/dismiss',
    access: keepers,
    summary: 'Say that what a bank took back was no receipt',
    success: 200,
    idempotencyKey: 'REQUIRED',
  },
  {
    operation: 'reopenReturnedCredit',
    method: 'POST',
    path: '/v1/returned-credits/{returnedCreditId}/reopen',
    access: keepers,
    summary: 'Take back that a returned credit was dismissed',
    success: 200,
    idempotencyKey: 'REQUIRED',
  },
  {
    operation: 'unassignReturnedCredit',
    method: 'POST',
    path: '/v1/returned-credits/{returnedCreditId}/unassign',
    access: keepers,
    summary: 'Take back which receipt a bank took back',
    success: 200,
    idempotencyKey: 'REQUIRED',
  },
  {
    operation: 'listCollectedCredits',
    method: 'GET',
    path: '/v1/collected-credits',
    access: readers,
    summary: 'List credits for whole files of collections',
    success: 200,
  },
  {
    operation: 'acknowledgeCollectedCredit',
    method: 'POST',
    path: '/v1/collected-credits/{collectedCreditId}/acknowledge',
    access: keepers,
    summary: 'Say why a file of collections differs for good',
    success: 200,
    idempotencyKey: 'REQUIRED',
  },
];
