import type { ServiceDescription } from '../../shared/service/description.ts';
import { bookRoutes } from './routes-books.ts';
import { customerRoutes } from './routes-customers.ts';

export const service: ServiceDescription = {
  name: 'receivables',
  title: 'Receivables',
  description:
    'Knows whose money came and which invoices it pays (回款通, 应收对账): customers with their names and accounts, ' +
    'virtual accounts, invoices from issue to the last fen, and how each receipt was used and why.',
  table: {
    indexes: [
      { name: 'byOpen', partitionKey: 'openOf', sortKey: 'openAt', projection: 'KEYS' },
      { name: 'byCustomer', partitionKey: 'customerOf', sortKey: 'customerAt', projection: 'KEYS' },
      { name: 'byException', partitionKey: 'exceptionOf', sortKey: 'exceptionAt', projection: 'KEYS' },
      { name: 'byList', partitionKey: 'listOf', sortKey: 'listAt' },
    ],
  },
  uses: ['ledger'],
  routes: [...bookRoutes, ...customerRoutes],
  api: { memoryMb: 1024 },
  streams: [
    {
      entry: 'on-change',
      batchSize: 10,
      kinds: ['BOOK', 'RULES', 'CUSTOMER', 'VIRTUAL_ACCOUNT', 'INVOICE', 'CREDIT_NOTE', 'WRITE_OFF'],
      changes: ['INSERT', 'MODIFY'],
    },
  ],
  publishes: [],
};
