import type { ServiceDescription } from '../../shared/service/description.ts';
import { routes } from './routes.ts';

export const service: ServiceDescription = {
  name: 'pooling',
  title: 'Cash pools',
  description:
    'Puts the cash of a group where it should be: physical sweeps up and down a tree of accounts, ledger pools that keep ' +
    'one real account as many internal ledgers, notional pools; with the intercompany loans and the interest that follow.',
  table: {
    indexes: [
      { name: 'byTime', partitionKey: 'timeOf', sortKey: 'timeAt' },
      { name: 'byRun', partitionKey: 'runsOf', sortKey: 'runAt' },
    ],
  },
  uses: ['ledger', 'rates'],
  api: { memoryMb: 1024 },
  routes,
  streams: [
    {
      entry: 'on-change',
      batchSize: 10,
      kinds: ['POOL', 'RUN', 'PAYMENT', 'INTEREST_RUN', 'SETTLEMENT', 'DUE_LOAN'],
      changes: ['INSERT', 'MODIFY'],
    },
    {
      entry: 'on-started',
      batchSize: 1,
      kinds: ['RUN', 'INTEREST_RUN'],
      changes: ['INSERT'],
      memoryMb: 1024,
      timeoutSeconds: 900,
    },
  ],
  subscriptions: [
    { entry: 'on-credit', events: ['ledger.transfer-posted.v1'], batchSize: 10, timeoutSeconds: 120 },
    { entry: 'on-receipt', events: ['statements.receipt-recorded.v1'], batchSize: 10, timeoutSeconds: 120 },
    { entry: 'on-netted', events: ['netting.obligations-settled.v1'], batchSize: 5, timeoutSeconds: 300 },
    { entry: 'on-run-ended', events: ['pooling.run-ended.v1'], batchSize: 10, timeoutSeconds: 120 },
  ],
  schedules: [
    {
      entry: 'scheduled-runs.job',
      description: 'Starts the runs whose time has come',
      every: { minutes: 1 },
      timeoutSeconds: 300,
    },
    {
      entry: 'interest-runs.job',
      description: 'Starts the interest runs whose settlement day is over',
      every: { minutes: 1 },
      timeoutSeconds: 300,
    },
    {
      entry: 'resume-open.job',
      description: 'Carries on what was begun and broke off',
      every: { minutes: 1 },
      memoryMb: 1024,
      timeoutSeconds: 900,
    },
  ],
  publishes: [
    { type: 'pooling.pool-created.v1', description: 'A pool was created.' },
    { type: 'pooling.pool-changed.v1', description: 'The members of a pool or what is agreed with them changed.' },
    { type: 'pooling.run-started.v1', description: 'A run was planned; its legs are being carried out.' },
    { type: 'pooling.run-ended.v1', description: 'Every leg of a run is confirmed, failed or skipped.' },
    {
      type: 'pooling.loan-due.v1',
      description:
        'A loan has come to the last day of its contract, or something else is outstanding of it since: looked at when a run has ended.',
    },
    { type: 'pooling.run-missed.v1', description: 'A scheduled run could not be started in time and was left out.' },
    { type: 'pooling.payment-made.v1', description: 'A payment from a pool was booked, with what funded it.' },
    { type: 'pooling.payment-refused.v1', description: 'A payment from a pool was refused; nothing of it was booked.' },
    {
      type: 'pooling.interest-run-delayed.v1',
      description:
        'An interest run cannot be started on its settlement day, or the ledger refuses lines of it (`runId`); either is tried again.',
    },
    {
      type: 'pooling.interest-run-ended.v1',
      description:
        'The interest of a period was computed and booked, in part or not at all; tried again, it is told when it comes to something else.',
    },
  ],
};
