import type { ServiceDescription } from '../../shared/service/description.ts';
import { bookRoutes } from './routes-books.ts';
import { customerRoutes } from './routes-customers.ts';
import { invoiceRoutes } from './routes-invoices.ts';

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
  routes: [...bookRoutes, ...customerRoutes, ...invoiceRoutes],
  api: { memoryMb: 1024 },
  streams: [
    {
      entry: 'on-change',
      batchSize: 10,
      kinds: ['BOOK', 'RULES', 'CUSTOMER', 'VIRTUAL_ACCOUNT', 'INVOICE', 'CREDIT_NOTE', 'WRITE_OFF'],
      changes: ['INSERT', 'MODIFY'],
    },
  ],
  publishes: [
    {
      type: 'receivables.book-changed.v1',
      description: 'The accounts of a legal entity’s receivables in a currency were put for the first time or changed.',
    },
    { type: 'receivables.match-rules-changed.v1', description: 'The rules by which receipts are matched were put.' },
    { type: 'receivables.customer-created.v1', description: 'A customer was recorded.' },
    { type: 'receivables.customer-changed.v1', description: 'Names, accounts, tolerance or references were changed.' },
    { type: 'receivables.virtual-account-created.v1', description: 'A number to pay to was given out.' },
    { type: 'receivables.virtual-account-closed.v1', description: 'It tells no more who paid.' },
    { type: 'receivables.invoice-issued.v1', description: 'An invoice was recorded.' },
    { type: 'receivables.invoice-disputed.v1', description: 'A customer disputes an invoice, and why.' },
    { type: 'receivables.invoice-dispute-resolved.v1', description: 'The dispute is over.' },
    { type: 'receivables.invoice-credited.v1', description: 'A credit note made an invoice smaller.' },
    {
      type: 'receivables.invoice-written-off.v1',
      description: 'What was open of an invoice, or part of it, was given up.',
    },
    {
      type: 'receivables.invoice-paid.v1',
      description: 'Nothing of an invoice is open any more, and receipts paid it.',
    },
    {
      type: 'receivables.invoice-reopened.v1',
      description: 'A match was undone: something of an invoice is open again.',
    },
  ],
};
