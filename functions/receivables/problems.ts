import { defineProblems } from '../../shared/problems/problem.ts';
import { receiptProblems } from './receipts/receipt-problems.ts';

/** Why receivables refuse. */
export const problems = defineProblems('receivables', {
  ...receiptProblems,
  'book-accounts': {
    status: 409,
    title: 'An account cannot carry receivables',
    mend: 'Name for each purpose an open account of your ledger that the legal entity holds, in the currency of the book.',
  },
  'book-in-use': {
    status: 409,
    title: 'An account of the book carries a balance',
    mend: 'Keep the account, or bring its balance to zero before you put another in its place.',
  },
  'version-conflict': {
    status: 409,
    title: 'There is another version than expected',
    mend: 'Read it again, decide whether your change still holds, and send it with the version you read.',
  },
  'customer-not-found': {
    status: 404,
    title: 'Customer not found',
    mend: 'Name a customer of your own; GET /v1/customers lists them.',
  },
  'customer-number-taken': {
    status: 409,
    title: 'Another customer has this number',
    mend: 'Send the number of this customer; where that customer is meant, use it.',
  },
  'virtual-account-not-found': {
    status: 404,
    title: 'Virtual account not found',
    mend: 'Name a virtual account of your own; GET /v1/virtual-accounts lists them.',
  },
  'virtual-account-number-taken': {
    status: 409,
    title: 'Another virtual account has this number',
    mend: 'Send a number that was never used: money that still comes on an old one belongs to whoever had it.',
  },
  'book-not-found': {
    status: 409,
    title: 'There is no book for this legal entity and currency',
    mend: 'Say with PUT /v1/receivables-books on which ledger accounts its receivables are booked.',
  },
  'invoice-not-found': {
    status: 404,
    title: 'Invoice not found',
    mend: 'Name an invoice of your own; GET /v1/invoices finds it by legal entity and number.',
  },
  'invoice-number-taken': {
    status: 409,
    title: 'The legal entity has another invoice with this number',
    mend: 'Send the number of this invoice. An invoice never changes: correct one with a credit note.',
  },
  'invoice-state': {
    status: 409,
    title: 'The state of the invoice does not allow it',
    mend: 'See `state`: only what is open can be disputed, credited or written off, and only a dispute be resolved.',
  },
  'above-open': {
    status: 409,
    title: 'The amount is above what is open',
    mend: 'Send an amount up to `open`.',
  },
  'reduction-refused': {
    status: 409,
    title: 'The credit note or write-off does not fit the invoice',
    mend: 'Mend each field named in `errors`; nothing was written.',
  },
  'credit-note-number-taken': {
    status: 409,
    title: 'The legal entity has another credit note with this number',
    mend: 'Send the number of this credit note; where that one is meant, it stands.',
  },
  'returned-credit-not-dismissed': {
    status: 409,
    title: 'The returned credit was not dismissed',
    mend: 'Only what was dismissed is reopened; what is open can be assigned as it is.',
  },
  'returned-credit-not-assigned': {
    status: 409,
    title: 'The returned credit is not taken off the receipt',
    mend: 'Name one of its `receipts`.',
  },
  'collected-credit-not-found': {
    status: 404,
    title: 'Collected credit not found',
    mend: 'Name a collected credit of your own; GET /v1/collected-credits lists them.',
  },
  'collected-credit-state': {
    status: 409,
    title: 'The collected credit does not differ',
    mend: 'Only a difference is acknowledged, once; `state` says how it stands.',
  },
  'run-not-found': {
    status: 404,
    title: 'Reconciliation run not found',
    mend: 'Name a run of your own; GET /v1/reconciliation-runs lists them.',
  },
  'run-not-comparable': {
    status: 409,
    title: 'The run cannot be compared',
    mend: 'Name a dry run, and wait until it has ended.',
  },
  'report-too-large': {
    status: 422,
    title: 'The report would read too much',
    mend: 'Ask for fewer days, or for one customer at a time; of today it reads only what is open. A proof reads all, and there is none of so much.',
  },
  'lines-refused': {
    status: 422,
    title: 'Lines are refused, and with them the batch',
    mend: 'Mend the lines named, or leave `atomic` out: then the others are accepted.',
  },
  'file-refused': {
    status: 400,
    title: 'The file cannot be read',
    mend: 'Send a CSV file with the columns that the reference lists.',
  },
});
