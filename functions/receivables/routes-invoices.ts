import type { RouteDescription } from '../../shared/service/description.ts';
import { readers } from './routes-books.ts';
import { keepers } from './routes-customers.ts';

const invoices = '/v1/invoices';
const invoice = `${invoices}/{invoiceId}`;

/** What receivables serve over invoices; part of their description. */
export const invoiceRoutes: readonly RouteDescription[] = [
  {
    operation: 'createInvoice',
    method: 'POST',
    path: invoices,
    access: keepers,
    summary: 'Record an invoice',
    success: 201,
    idempotencyKey: 'REQUIRED',
  },
  {
    operation: 'createInvoiceBatch',
    method: 'POST',
    path: '/v1/invoice-batches',
    access: keepers,
    summary: 'Record many invoices at once',
    success: 200,
  },
  {
    operation: 'createInvoiceBatchFromFile',
    method: 'POST',
    path: '/v1/invoice-batch-files',
    access: keepers,
    summary: 'Record the invoices of a CSV file',
    success: 200,
    body: 'FILE',
  },
  {
    operation: 'listInvoices',
    method: 'GET',
    path: invoices,
    access: readers,
    summary: 'List the invoices of a customer, or find one by number',
    success: 200,
  },
  {
    operation: 'getInvoice',
    method: 'GET',
    path: invoice,
    access: readers,
    summary: 'Get an invoice, and what made it smaller',
    success: 200,
  },
  {
    operation: 'disputeInvoice',
    method: 'POST',
    path: `${invoice}/dispute`,
    access: keepers,
    summary: 'Note that a customer disputes an invoice',
    success: 200,
  },
  {
    operation: 'resolveInvoiceDispute',
    method: 'POST',
    path: `${invoice}/resolve-dispute`,
    access: keepers,
    summary: 'Note that a dispute is over',
    success: 200,
  },
  {
    operation: 'creditInvoice',
    method: 'POST',
    path: `${invoice}/credit-note`,
    access: ['treasurer'],
    summary: 'Take back an invoice, or part of it, by a credit note (红字发票)',
    success: 201,
    idempotencyKey: 'REQUIRED',
  },
  {
    operation: 'writeOffInvoice',
    method: 'POST',
    path: `${invoice}/write-off`,
    access: ['approver'],
    summary: 'Write off what is open of an invoice, or part of it (坏账)',
    success: 201,
    idempotencyKey: 'REQUIRED',
  },
];
