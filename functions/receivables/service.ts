import type { ServiceDescription } from '../../shared/service/description.ts';
import { served } from './routes.ts';

export const service: ServiceDescription = {
  ...served,
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
  uses: ['ledger', 'collection', 'settlement', 'statements'],
  api: { memoryMb: 1024 },
  streams: [
    {
      entry: 'on-change',
      batchSize: 10,
      kinds: [
        'BOOK',
        'RULES',
        'CUSTOMER',
        'VIRTUAL_ACCOUNT',
        'INVOICE',
        'CREDIT_NOTE',
        'WRITE_OFF',
        'RECEIPT',
        'MATCH',
        'REFUND',
        'RETURNED_CREDIT',
        'COLLECTED_CREDIT',
        'RUN',
      ],
      changes: ['INSERT', 'MODIFY'],
    },
    {
      entry: 'on-work',
      batchSize: 1000,
      windowSeconds: 1,
      kinds: [
        'BOOK',
        'RULES',
        'CUSTOMER',
        'INVOICE',
        'CREDIT_NOTE',
        'WRITE_OFF',
        'RECEIPT',
        'MATCH',
        'REFUND',
        'RETURNED_CREDIT',
      ],
      changes: ['INSERT', 'MODIFY'],
      memoryMb: 1024,
      timeoutSeconds: 900,
    },
  ],
  subscriptions: [
    {
      entry: 'on-receipt-told',
      events: [
        'statements.receipt-recorded.v1',
        'statements.credit-reversed.v1',
        'collection.item-settled.v1',
        'collection.item-returned.v1',
        'settlement.order-paid.v1',
        'settlement.order-refund-changed.v1',
      ],
      batchSize: 10,
      timeoutSeconds: 120,
    },
    {
      entry: 'on-netted',
      events: ['netting.obligations-settled.v1'],
      // Each has up to 100 invoices.
      batchSize: 5,
      timeoutSeconds: 120,
    },
    {
      entry: 'on-run-handed-on',
      events: ['receivables.reconciliation-run-started.v1', 'receivables.reconciliation-run-handed-on.v1'],
      batchSize: 1,
      // A run decides up to 150,000 receipts and as many invoices at once.
      memoryMb: 2048,
      timeoutSeconds: 900,
    },
  ],
  schedules: [
    {
      entry: 'refused-bookings.job',
      description: 'Asks the ledger again for what it refused, or failed, to book of receivables',
      every: { minutes: 60 },
      timeoutSeconds: 900,
    },
    {
      entry: 'collected-credits.job',
      description:
        'Compares what statements say came of files of collections again, where orders brought something else, or more since',
      every: { minutes: 60 },
      timeoutSeconds: 900,
    },
    {
      entry: 'returned-credits.job',
      description: 'Goes on with what banks took back, and looks again at what is open of it',
      every: { minutes: 60 },
      timeoutSeconds: 900,
    },
    {
      entry: 'daily-runs.job',
      description:
        'Starts a reconciliation run of every tenant with open receipts, and settles what paid too little and is paid by now',
      every: { dailyAt: '04:00' },
      timeoutSeconds: 300,
    },
    {
      entry: 'resume-runs.job',
      description: 'Hands on reconciliation runs that broke off, or wait for their next attempt',
      every: { minutes: 15 },
      timeoutSeconds: 300,
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
    {
      type: 'receivables.invoice-open-changed.v1',
      description:
        'What is open of an invoice changed otherwise: by receipts in part, credit notes, write-offs, or a match that was undone in part.',
    },
    { type: 'receivables.receipt-recorded.v1', description: 'Money came: who paid, when, with which references.' },
    {
      type: 'receivables.receipt-matched.v1',
      description: 'Money of a receipt was used: for which invoices, by which rule, with what speaks for it.',
    },
    { type: 'receivables.receipt-unmatched.v1', description: 'A match was undone, and why; all of it is as before.' },
    {
      type: 'receivables.receipt-refunded.v1',
      description:
        'Money of a receipt went back to its payer, or, as `kind` says, did not after all, or is on account again and none moved.',
    },
    {
      type: 'receivables.receipt-merged.v1',
      description: 'A receipt was the same money as another one, which counts in its place.',
    },
    {
      type: 'receivables.receipt-unmerged.v1',
      description: 'It was not the same money: both count again, each as it was told.',
    },
    {
      type: 'receivables.receipt-dismissed.v1',
      description: 'Somebody found that a receipt, or a part of it, never was one; its booking is turned round.',
    },
    {
      type: 'receivables.receipt-reopened.v1',
      description: 'What was dismissed of a receipt was one after all: it counts again.',
    },
    {
      type: 'receivables.returned-credit-raised.v1',
      description: 'A bank took a credit back, and nobody knows which receipt it is of: somebody is to say.',
    },
    {
      type: 'receivables.returned-credit-assigned.v1',
      description: 'All that a bank took back is taken off receipts.',
    },
    {
      type: 'receivables.returned-credit-dismissed.v1',
      description: 'Somebody said that what a bank took back, or what was left of it, was no receipt.',
    },
    {
      type: 'receivables.collected-credit-differs.v1',
      description: 'What statements say came of a file of collections is still not what its orders brought.',
    },
    {
      type: 'receivables.collected-credit-acknowledged.v1',
      description: 'Somebody said why a file of collections differs for good from what statements say.',
    },
    { type: 'receivables.exception-raised.v1', description: 'A receipt waits for somebody, and why.' },
    { type: 'receivables.reconciliation-run-started.v1', description: 'A run was asked for, or is the day’s.' },
    {
      type: 'receivables.reconciliation-run-handed-on.v1',
      description: 'A run has done a part, or is tried again: it goes on from where it stands.',
    },
    {
      type: 'receivables.reconciliation-run-ended.v1',
      description: 'A run has matched what it could, or tried it, or failed for good; with its figures.',
    },
    { type: 'receivables.exception-settled.v1', description: 'It waits no more, or for another reason.' },
  ],
};
