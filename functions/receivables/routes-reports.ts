import type { RouteDescription } from '../../shared/service/description.ts';
import { readers } from './routes-books.ts';

const statement = '/v1/customers/{customerId}/statement';

/** What receivables report; part of their description. */
export const reportRoutes: readonly RouteDescription[] = [
  {
    operation: 'getAgeing',
    method: 'GET',
    path: '/v1/receivables/ageing',
    access: readers,
    summary: 'Get what is owed by age',
    success: 200,
  },
  {
    operation: 'getDso',
    method: 'GET',
    path: '/v1/receivables/dso',
    access: readers,
    summary: 'Get days sales outstanding',
    success: 200,
  },
  {
    operation: 'getExpectedReceipts',
    method: 'GET',
    path: '/v1/receivables/expected-receipts',
    access: readers,
    summary: 'Compare expected receipts with actual ones',
    success: 200,
  },
  {
    operation: 'getCustomerStatement',
    method: 'GET',
    path: statement,
    access: readers,
    summary: 'Get a customer’s statement of account',
    success: 200,
  },
  {
    operation: 'getCustomerStatementCsv',
    method: 'GET',
    path: `${statement}.csv`,
    access: readers,
    summary: 'Get a customer’s statement of account as CSV',
    success: 200,
  },
];
