import type { ServiceDescription } from '../../shared/service/description.ts';
import { channelRoutes, largeValueRoutes, mandateRoutes, railRoutes } from './routes.ts';
import { batchRoutes } from './routes-batches.ts';

export const service: ServiceDescription = {
  name: 'collection',
  title: 'Collection',
  description:
    'Collects what customers owe from accounts at any bank: under mandates with limits, over the best rail by limit, hours, ' +
    'fee and speed, with failover that never sends the same money twice.',
  table: {
    indexes: [
      { name: 'byList', partitionKey: 'listOf', sortKey: 'listAt' },
      { name: 'byTime', partitionKey: 'timeOf', sortKey: 'timeAt' },
      { name: 'byDue', partitionKey: 'dueOf', sortKey: 'dueAt', projection: 'KEYS' },
    ],
  },
  bucket: { entry: 'on-bank-file', prefix: 'inbox/', outgoing: ['outbox/'], memoryMb: 1024, timeoutSeconds: 300 },
  uses: ['ledger'],
  routes: [...batchRoutes, ...mandateRoutes, ...railRoutes, ...channelRoutes, ...largeValueRoutes],
  api: { memoryMb: 1024 },
  streams: [
    {
      entry: 'on-change',
      batchSize: 10,
      kinds: [
        'RAILS',
        'RAIL_OUTAGES',
        'MANDATE',
        'BANK_CHANNEL',
        'BANK_FILE',
        'BATCH',
        'BATCH_PROGRESS',
        'BLOCK',
        'LARGE_VALUE',
        'PAYMENT_REPORT',
      ],
      changes: ['INSERT', 'MODIFY'],
    },
    {
      entry: 'on-work',
      batchSize: 1000,
      windowSeconds: 2,
      kinds: ['BATCH', 'REPORT'],
      changes: ['INSERT'],
      memoryMb: 1024,
      timeoutSeconds: 900,
    },
  ],
  subscriptions: [
    { entry: 'on-netted', events: ['netting.obligations-settled.v1'], batchSize: 5, timeoutSeconds: 120 },
  ],
  schedules: [
    {
      entry: 'due-blocks.job',
      description:
        'Carries on collections whose day or next try has come, those that broke off, and reports that were put aside',
      every: { minutes: 1 },
      timeoutSeconds: 300,
    },
    {
      entry: 'large-values.job',
      description: 'Finds who paid large values on days that are over',
      every: { dailyAt: '00:30' },
      memoryMb: 1024,
      timeoutSeconds: 900,
    },
    {
      entry: 'sandbox-bank.job',
      description: 'Gives the answers of the sandbox bank whose time has come',
      every: { minutes: 1 },
      timeoutSeconds: 300,
    },
  ],
  publishes: [
    {
      type: 'collection.large-value-reached.v1',
      description: 'What a payer paid on a day is to be reported as a large value (大额交易), and until when.',
    },
    { type: 'collection.batch-accepted.v1', description: 'A batch was accepted: how many lines, how many refused.' },
    {
      type: 'collection.batch-ended.v1',
      description: 'No money of a batch is open any more: its state, and where the money is. Told once.',
    },
    { type: 'collection.collection-accepted.v1', description: 'A collection by itself was accepted.' },
    {
      type: 'collection.collection-ended.v1',
      description: 'No money of a collection by itself is open any more: its state, and where the money is. Told once.',
    },
    { type: 'collection.item-accepted.v1', description: 'A collection was accepted, and waits for its day.' },
    { type: 'collection.item-routed.v1', description: 'A rail was chosen; the money is to be held.' },
    { type: 'collection.item-submitted.v1', description: 'The collection was handed to a bank.' },
    { type: 'collection.item-processing.v1', description: 'The bank works on it.' },
    {
      type: 'collection.item-waiting.v1',
      description: 'What is open of it waits for its next try; `nextTryAt` says until when.',
    },
    {
      type: 'collection.item-settled.v1',
      description:
        'Money has come, all or a part: `settledNow`; with your own `references`, so that receivables can match it.',
    },
    { type: 'collection.item-failed.v1', description: 'What was open of it failed for good, with reason and code.' },
    {
      type: 'collection.item-returned.v1',
      description: '退汇: settled money went back, all or a part: `returnedNow`.',
    },
    {
      type: 'collection.item-cancelled.v1',
      description: 'What was open of it was cancelled before it was on its way to a bank.',
    },
    {
      type: 'collection.report-contradicts.v1',
      description:
        'A bank told of money against the end of an order, settled after it had failed, say: `report`. Nothing of it is booked.',
    },
    {
      type: 'collection.payment-reported.v1',
      description:
        'What a bank said of a payment that was sent for another capability: accepted, processing, settled, rejected or returned (退汇), with the entries of the bank that say so where it names them. Each report once.',
    },
    { type: 'collection.mandate-created.v1', description: 'A mandate was recorded; it is to be confirmed.' },
    { type: 'collection.mandate-changed.v1', description: 'A mandate was confirmed, suspended, resumed or revoked.' },
    {
      type: 'collection.rails-changed.v1',
      description:
        'The rails of a tenant were put for the first time or changed: version and ids; the API has the rest.',
    },
    {
      type: 'collection.rail-outages-changed.v1',
      description: 'The outages of a rail were put or changed: rail, version and all its outages.',
    },
    {
      type: 'collection.bank-channel-changed.v1',
      description: 'How orders reach a tenant’s bank was put for the first time or changed.',
    },
    {
      type: 'collection.bank-file-refused.v1',
      description: 'A file of a bank was refused as a whole, with the reason; nothing of it was taken in.',
    },
  ],
};
