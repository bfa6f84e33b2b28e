import type { Role, RouteDescription } from '../../shared/service/description.ts';

export const readers: readonly Role[] = ['treasurer', 'approver', 'operator', 'auditor'];

/** What receivables serve over books and rules; part of their description. */
export const bookRoutes: readonly RouteDescription[] = [
  {
    operation: 'listReceivablesBooks',
    method: 'GET',
    path: '/v1/receivables-books',
    access: readers,
    summary: 'List on which accounts receivables are booked',
    success: 200,
  },
  {
    operation: 'putReceivablesBook',
    method: 'PUT',
    path: '/v1/receivables-books',
    access: ['treasurer'],
    summary: 'Say on which accounts the receivables of a legal entity in a currency are booked',
    success: 200,
  },
  {
    operation: 'getMatchRules',
    method: 'GET',
    path: '/v1/match-rules',
    access: readers,
    summary: 'Get the rules by which receipts are matched',
    success: 200,
  },
  {
    operation: 'putMatchRules',
    method: 'PUT',
    path: '/v1/match-rules',
    access: ['treasurer'],
    summary: 'Put the rules by which receipts are matched',
    success: 200,
  },
];
