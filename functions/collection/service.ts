import type { ServiceDescription } from '../../shared/service/description.ts';
import { channelRoutes, mandateRoutes, railRoutes } from './routes.ts';
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
    ],
  },
  bucket: { entry: 'on-bank-file', prefix: 'inbox/', outgoing: ['outbox/'], memoryMb: 1024, timeoutSeconds: 300 },
  uses: ['ledger'],
  routes: [...batchRoutes, ...mandateRoutes, ...railRoutes, ...channelRoutes],
  api: { memoryMb: 1024 },
  streams: [
    {
      entry: 'on-change',
      batchSize: 10,
      kinds: ['RAILS', 'RAIL_OUTAGES', 'MANDATE', 'BANK_CHANNEL', 'BANK_FILE'],
      changes: ['INSERT', 'MODIFY'],
    },
    { entry: 'on-batch', batchSize: 1, kinds: ['BATCH'], changes: ['INSERT'], memoryMb: 1024, timeoutSeconds: 900 },
    {
      entry: 'on-report',
      batchSize: 200,
      windowSeconds: 1,
      kinds: ['REPORT'],
      changes: ['INSERT'],
      memoryMb: 1024,
      timeoutSeconds: 300,
    },
  ],
  schedules: [
    {
      entry: 'due-blocks.job',
      description: 'Carries on collections whose day or next try has come, and those that broke off',
      every: { minutes: 1 },
      timeoutSeconds: 300,
    },
    {
      entry: 'sandbox-bank.job',
      description: 'Gives the answers of the sandbox bank whose time has come',
      every: { minutes: 1 },
      timeoutSeconds: 300,
    },
  ],
  publishes: [
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
