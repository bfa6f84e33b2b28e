import type { Role, RouteDescription } from '../../shared/service/description.ts';
import { readers } from './routes-books.ts';

export const keepers: readonly Role[] = ['treasurer', 'operator'];

const customers = '/v1/customers';
const customer = `${customers}/{customerId}`;
const virtualAccounts = '/v1/virtual-accounts';
const virtualAccount = `${virtualAccounts}/{virtualAccountId}`;

/** What receivables serve over customers and virtual accounts; part of their description. */
export const customerRoutes: readonly RouteDescription[] = [
  {
    operation: 'createCustomer',
    method: 'POST',
    path: customers,
    access: keepers,
    summary: 'Record a customer with its names and accounts',
    success: 201,
    idempotencyKey: 'REQUIRED',
  },
  {
    operation: 'listCustomers',
    method: 'GET',
    path: customers,
    access: readers,
    summary: 'List customers',
    success: 200,
  },
  {
    operation: 'getCustomer',
    method: 'GET',
    path: customer,
    access: readers,
    summary: 'Get a customer',
    success: 200,
  },
  {
    operation: 'changeCustomer',
    method: 'PATCH',
    path: customer,
    access: keepers,
    summary: 'Change names, accounts, tolerance or references of a customer',
    success: 200,
  },
  {
    operation: 'createVirtualAccount',
    method: 'POST',
    path: virtualAccounts,
    access: keepers,
    summary: 'Give out a number to pay to that tells payer, contract or order (虚拟账户)',
    success: 201,
    idempotencyKey: 'REQUIRED',
  },
  {
    operation: 'listVirtualAccounts',
    method: 'GET',
    path: virtualAccounts,
    access: readers,
    summary: 'List virtual accounts',
    success: 200,
  },
  {
    operation: 'getVirtualAccount',
    method: 'GET',
    path: virtualAccount,
    access: readers,
    summary: 'Get a virtual account',
    success: 200,
  },
  {
    operation: 'closeVirtualAccount',
    method: 'POST',
    path: `${virtualAccount}/close`,
    access: keepers,
    summary: 'Close a virtual account',
    success: 200,
  },
];
