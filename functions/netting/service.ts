import type { ServiceDescription } from '../../shared/service/description.ts';
import { served } from './routes.ts';

export const service: ServiceDescription = {
  ...served,
  title: 'Netting',
  description: 'Takes what many parties owe one another all day, and works out who pays whom how little (轧差).',
  table: {
    indexes: [{ name: 'byDue', partitionKey: 'dueOf', sortKey: 'dueAt', projection: 'KEYS' }],
  },
  uses: ['ledger', 'rates', 'collection'],
  api: { memoryMb: 1024 },
  streams: [
    {
      entry: 'on-change',
      batchSize: 100,
      kinds: [
        ...(['CENTRE', 'CYCLE', 'OBLIGATION', 'TELLING', 'TOLD_PAGE'] as const),
        ...(['BANK_PAYMENT', 'QUEUED_PAYMENT', 'RESOLUTION'] as const),
      ],
      changes: ['INSERT', 'MODIFY'],
    },
  ],
  subscriptions: [
    {
      entry: 'on-cycle-handed-on',
      events: ['netting.cycle-handed-on.v1'],
      batchSize: 1,
      // A cycle of a million obligations is netted at once.
      memoryMb: 3008,
      timeoutSeconds: 900,
    },
    {
      entry: 'on-settlement-handed-on',
      events: ['netting.settlement-handed-on.v1'],
      batchSize: 1,
      memoryMb: 1024,
      timeoutSeconds: 900,
    },
    {
      entry: 'on-bank-payment',
      events: ['netting.cycle-settled.v1', 'netting.bank-payment-handed-on.v1', 'collection.payment-reported.v1'],
      batchSize: 1,
      timeoutSeconds: 900,
    },
    {
      entry: 'on-resolution-handed-on',
      events: ['netting.resolution-started.v1', 'netting.resolution-handed-on.v1'],
      batchSize: 1,
      memoryMb: 1024,
      timeoutSeconds: 900,
    },
    {
      entry: 'on-cycle-to-tell',
      events: ['netting.cycle-cut-off.v1', 'netting.cycle-settled.v1', 'netting.cycle-telling-handed-on.v1'],
      batchSize: 1,
      memoryMb: 1024,
      timeoutSeconds: 900,
    },
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
        'settlement.payout-sending.v1',
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
      entry: 'due-work.job',
      description:
        'Hands on what is due: cycles to be cut off, closed and settled, payments on their way to banks, resolutions of queues.',
      every: { minutes: 5 },
      timeoutSeconds: 300,
    },
  ],
  publishes: [
    { type: 'netting.centre-created.v1', description: 'A netting centre was recorded, with its terms.' },
    { type: 'netting.centre-changed.v1', description: 'Terms or participants of a netting centre were changed.' },
    { type: 'netting.cycle-opened.v1', description: 'A netting cycle takes obligations from now on.' },
    { type: 'netting.cycle-cut-off.v1', description: 'A netting cycle takes no obligations any more.' },
    {
      type: 'netting.cycle-handed-on.v1',
      description: 'A netting cycle is to be closed: its closing begins, or goes on from where it stands.',
    },
    { type: 'netting.cycle-hindered.v1', description: 'A netting cycle does not close, and what is in its way.' },
    { type: 'netting.cycle-closed.v1', description: 'A netting cycle is closed; with its totals.' },
    {
      type: 'netting.cycle-telling-handed-on.v1',
      description: 'Sources are told of a part of the obligations of a cycle: it goes on from there.',
    },
    {
      type: 'netting.obligations-cut-off.v1',
      description:
        'Obligations that came of payouts which did not go are to be paid by a cycle that takes none any more: they are not to be ' +
        'paid otherwise. Up to 100 in one event.',
    },
    {
      type: 'netting.obligations-settled.v1',
      description:
        'Obligations that came of events of one source are paid by a cycle: each with what it came of, and how much. Up to 100 in ' +
        'one event.',
    },
    {
      type: 'netting.settlement-handed-on.v1',
      description: 'A netting cycle is to be settled: its settlement begins, or goes on from where it stands.',
    },
    {
      type: 'netting.cycle-pending-funds.v1',
      description:
        'The settlement of a netting cycle waits; who is short, and of how much. Told again once that is somebody else, or another amount.',
    },
    {
      type: 'netting.cycle-settled.v1',
      description: 'A netting cycle is settled, and each of its obligations with it.',
    },
    {
      type: 'netting.bank-payment-handed-on.v1',
      description: 'A payment to the bank of a receiver of a netting cycle is tried again, or looked at.',
    },
    { type: 'netting.bank-payment-paid.v1', description: 'A bank has paid a receiver of a netting cycle.' },
    {
      type: 'netting.bank-payment-failed.v1',
      description: 'A bank did not pay a receiver of a netting cycle, and why.',
    },
    {
      type: 'netting.bank-payment-returned.v1',
      description: 'What a bank paid a receiver of a netting cycle came back, in whole or in part.',
    },
    {
      type: 'netting.obligation-moved.v1',
      description: 'An obligation went to a later cycle, for its own closed without it.',
    },
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
    { type: 'netting.payment-queued.v1', description: 'A payment was queued until it can settle.' },
    { type: 'netting.payment-settled.v1', description: 'A queued payment was settled, and by which resolution.' },
    { type: 'netting.payment-withdrawn.v1', description: 'A queued payment was taken back.' },
    { type: 'netting.resolution-started.v1', description: 'A queue is to be resolved.' },
    {
      type: 'netting.resolution-handed-on.v1',
      description: 'A resolution has done a part, or is tried again: it goes on from where it stands.',
    },
    { type: 'netting.resolution-ended.v1', description: 'All that could settle of a queue has; with its figures.' },
  ],
};
