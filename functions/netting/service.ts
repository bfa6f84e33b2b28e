import type { ServiceDescription } from '../../shared/service/description.ts';
import { served } from './routes.ts';

export const service: ServiceDescription = {
  ...served,
  title: 'Netting',
  description: 'Takes what many parties owe one another all day, and works out who pays whom how little (轧差).',
  table: {
    indexes: [{ name: 'byDue', partitionKey: 'dueOf', sortKey: 'dueAt', projection: 'KEYS' }],
  },
  uses: ['ledger', 'collection'],
  api: { memoryMb: 1024 },
  streams: [
    {
      entry: 'on-change',
      batchSize: 100,
      kinds: ['CENTRE', 'CYCLE', 'OBLIGATION'],
      changes: ['INSERT', 'MODIFY'],
    },
  ],
  subscriptions: [
    {
      entry: 'on-obligation-told',
      events: [
        'receivables.invoice-issued.v1',
        'receivables.invoice-disputed.v1',
        'receivables.invoice-dispute-resolved.v1',
        'receivables.invoice-paid.v1',
        'receivables.invoice-reopened.v1',
        'receivables.invoice-open-changed.v1',
        'pooling.loan-due.v1',
        'settlement.payout-waiting.v1',
        'settlement.payout-failed.v1',
        'settlement.payout-returned.v1',
        'settlement.payout-retried.v1',
        'settlement.settlement-paid.v1',
        'collection.item-settled.v1',
        'collection.item-returned.v1',
      ],
      // The obligations of a batch are written together, and a transaction has room for 90: nobody waits for them.
      batchSize: 90,
      timeoutSeconds: 120,
    },
  ],
  schedules: [
    {
      entry: 'cut-due-cycles.job',
      description: 'Cuts off the netting cycles whose time has come.',
      every: { minutes: 5 },
      timeoutSeconds: 300,
    },
  ],
  publishes: [
    { type: 'netting.centre-created.v1', description: 'A netting centre was recorded, with its terms.' },
    { type: 'netting.centre-changed.v1', description: 'Terms or participants of a netting centre were changed.' },
    { type: 'netting.cycle-opened.v1', description: 'A netting cycle takes obligations from now on.' },
    { type: 'netting.cycle-cut-off.v1', description: 'A netting cycle takes no obligations any more.' },
    { type: 'netting.obligation-recorded.v1', description: 'An obligation was recorded, with its cycle.' },
    {
      type: 'netting.obligation-changed.v1',
      description: 'Something else is owed by an obligation that came of events, or it is owed again.',
    },
    {
      type: 'netting.obligation-overtaken.v1',
      description:
        'What an obligation came of was paid, taken back or changed when its cycle took that no more: it stays there as it is; ' +
        '`origin` says of what, and what is owed by now.',
    },
    { type: 'netting.obligation-withdrawn.v1', description: 'An obligation was taken back.' },
    { type: 'netting.obligation-confirmed.v1', description: 'An obligation was confirmed.' },
    { type: 'netting.obligation-disputed.v1', description: 'An obligation is disputed, and why.' },
    { type: 'netting.obligation-resolved.v1', description: 'A dispute of an obligation is over.' },
  ],
};
