import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import { id, page } from '../../shared/http/schemas.ts';
import { general } from '../../shared/problems/general.ts';
import * as examples from './customers/customer-examples.ts';
import { customerChangeIn, customerIn, customerOut } from './customers/customer-shapes.ts';
import { virtualAccountIn, virtualAccountOut } from './customers/virtual-account-shapes.ts';
import { problems } from './problems.ts';

const path = z.strictObject({ customerId: id('cus') });
const virtualPath = z.strictObject({ virtualAccountId: id('va') });
const nextCursor = z.string().optional();

export const customerContract = {
  createCustomer: {
    description: 'Names and accounts tell who paid. Account numbers are kept as keyed hashes and shown masked.',
    body: customerIn,
    response: customerOut,
    problems: [problems['customer-number-taken'], general['conflict-retry']],
    example: examples.createCustomer,
  },
  listCustomers: {
    description: 'By number.',
    query: page,
    response: z.object({ customers: z.array(customerOut), nextCursor }),
    example: examples.listCustomers,
  },
  getCustomer: {
    path,
    response: customerOut,
    problems: [problems['customer-not-found']],
    example: examples.getCustomer,
  },
  changeCustomer: {
    description: 'Counts for what is matched from then on. Asked twice, it changes nothing the second time.',
    path,
    body: customerChangeIn,
    response: customerOut,
    problems: [problems['customer-not-found'], problems['version-conflict'], general['conflict-retry']],
    example: examples.changeCustomer,
  },
  createVirtualAccount: {
    description: 'Whoever pays to the number has said who it is and, where a reference is given, for what.',
    body: virtualAccountIn,
    response: virtualAccountOut,
    problems: [problems['virtual-account-number-taken'], problems['customer-not-found'], general['conflict-retry']],
    example: examples.createVirtualAccount,
  },
  listVirtualAccounts: {
    description: 'By number.',
    query: page,
    response: z.object({ virtualAccounts: z.array(virtualAccountOut), nextCursor }),
    example: examples.listVirtualAccounts,
  },
  getVirtualAccount: {
    path: virtualPath,
    response: virtualAccountOut,
    problems: [problems['virtual-account-not-found']],
    example: examples.getVirtualAccount,
  },
  closeVirtualAccount: {
    description: 'Money that comes on it afterwards tells no more who paid. There is no way back.',
    path: virtualPath,
    response: virtualAccountOut,
    problems: [problems['virtual-account-not-found'], general['conflict-retry']],
    example: examples.closeVirtualAccount,
  },
} satisfies Contract;
