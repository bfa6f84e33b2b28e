import type { ServiceDescription } from '../../shared/service/description.ts';
import { served } from './routes.ts';

export const service: ServiceDescription = {
  ...served,
  title: 'Settlement',
  description:
    'Gives every party of a sale its exact share on the promised day, and says how it came about (惠市宝, 分账): ' +
    'markets, merchants, split rules, supervised money.',
  table: {
    indexes: [{ name: 'byMarket', partitionKey: 'marketOf', sortKey: 'marketAt', projection: 'KEYS' }],
  },
  uses: ['ledger', 'collection'],
  bucket: { entry: 'on-channel-file', prefix: 'channel-files/', memoryMb: 1024, timeoutSeconds: 900 },
  api: { memoryMb: 1024 },
  streams: [
    {
      entry: 'on-change',
      batchSize: 10,
      kinds: [
        'MARKET',
        'CHANNEL',
        'MERCHANT',
        'SPLIT_RULE_VERSION',
        'ORDER',
        'UNASSIGNED',
        'SETTLEMENT_RUN',
        'SETTLEMENT',
        'CHANNEL_FILE',
        'COMPARISON',
        'PROOF',
      ],
      changes: ['INSERT', 'MODIFY'],
    },
    {
      entry: 'on-order',
      // The fuller the batch, the less an order costs: lines of one merchant's day share an item. Nobody waits for them.
      batchSize: 1_000,
      windowSeconds: 5,
      tumblingWindowSeconds: 60,
      kinds: ['ORDER', 'POSTING'],
      memoryMb: 1024,
    },
  ],
  subscriptions: [
    {
      entry: 'on-run-handed-on',
      events: ['settlement.settlement-run-started.v1', 'settlement.settlement-run-handed-on.v1'],
      batchSize: 1,
      memoryMb: 1024,
      timeoutSeconds: 900,
    },
    {
      entry: 'on-payout-retried',
      events: ['settlement.payout-retried.v1'],
      batchSize: 10,
      timeoutSeconds: 120,
    },
    {
      entry: 'on-payment-reported',
      events: ['collection.payment-reported.v1'],
      batchSize: 10,
      timeoutSeconds: 120,
    },
    {
      entry: 'on-netting-told',
      events: [
        'netting.obligations-cut-off.v1',
        'netting.obligation-moved.v1',
        'netting.obligation-withdrawn.v1',
        'netting.obligations-settled.v1',
      ],
      batchSize: 5,
      timeoutSeconds: 300,
    },
    {
      entry: 'on-order-told',
      events: ['settlement.order-paid.v1', 'settlement.order-refund-changed.v1'],
      batchSize: 10,
      timeoutSeconds: 120,
    },
    {
      entry: 'on-comparison-asked',
      events: [
        'settlement.comparison-asked.v1',
        'settlement.comparison-handed-on.v1',
        'settlement.channel-file-read.v1',
      ],
      batchSize: 1,
      // A comparison has the lines of three days of both sides in memory.
      memoryMb: 3008,
      timeoutSeconds: 900,
    },
    {
      entry: 'on-proof-asked',
      events: ['settlement.proof-asked.v1', 'settlement.proof-handed-on.v1'],
      batchSize: 1,
      // A proof has a million orders in memory: what they mean as one number each.
      memoryMb: 3008,
      timeoutSeconds: 900,
    },
  ],
  schedules: [
    {
      entry: 'daily-runs.job',
      description: 'Starts the day’s settlement run of each market on which it is 02:00.',
      every: { minutes: 30 },
      timeoutSeconds: 300,
    },
    {
      entry: 'resume-runs.job',
      description:
        'Hands on settlement runs, proofs and comparisons that broke off, and runs that wait for their next attempt.',
      every: { minutes: 15 },
      timeoutSeconds: 300,
    },
    {
      entry: 'open-payouts.job',
      description:
        'Pays what was held, short of funds, failed or returned, where it can be by now, and bills that waited; asks banks for the rest.',
      every: { minutes: 60 },
      timeoutSeconds: 900,
    },
    {
      entry: 'waiting-orders.job',
      description:
        'Asks the ledger again for refunds and subsidies whose money was not there; takes payments whose order has come.',
      every: { minutes: 5 },
      timeoutSeconds: 300,
    },
    {
      entry: 'waiting-journal.job',
      description: 'Tries again what the journal put aside, and asks the ledger again for postings that it refused.',
      every: { minutes: 5 },
    },
  ],
  publishes: [
    { type: 'settlement.market-created.v1', description: 'A market was recorded, with its accounts.' },
    { type: 'settlement.market-changed.v1', description: 'Name, calendar, order timeout or shortfall were changed.' },
    { type: 'settlement.channel-changed.v1', description: 'A pay channel of a market was put, with its dated terms.' },
    { type: 'settlement.merchant-created.v1', description: 'A merchant was recorded.' },
    {
      type: 'settlement.merchant-changed.v1',
      description: 'Name, payout account, consent, state or shortfall of a merchant were changed.',
    },
    {
      type: 'settlement.split-rule-version-made.v1',
      description: 'A split rule was made, or its next version, with all that it says.',
    },
    { type: 'settlement.order-created.v1', description: 'An order was recorded.' },
    {
      type: 'settlement.order-payment-taken.v1',
      description: 'A payment of an order was taken; it may be one of several.',
    },
    {
      type: 'settlement.order-paid.v1',
      description: 'All that the consumer owes of an order was paid: by which payments.',
    },
    { type: 'settlement.order-confirmed.v1', description: 'The goods of a sub-order were received.' },
    {
      type: 'settlement.order-split.v1',
      description: 'Money of a sub-order was given to its receivers, with due days.',
    },
    {
      type: 'settlement.order-refund-changed.v1',
      description:
        'A refund of an order was accepted, or went on; with the payments of the order and what came back of each.',
    },
    { type: 'settlement.order-disputed.v1', description: 'An order is disputed: nothing of it is paid out.' },
    { type: 'settlement.order-dispute-resolved.v1', description: 'A dispute of an order is over.' },
    {
      type: 'settlement.unassigned-payment-sent-back.v1',
      description:
        'A payment that no order took is to go back to who paid, at its channel: who carries it out there hears of it.',
    },
    { type: 'settlement.settlement-run-started.v1', description: 'A settlement run was asked for, or is the day’s.' },
    {
      type: 'settlement.settlement-run-handed-on.v1',
      description: 'A settlement run has done a part, or is tried again: it goes on from where it stands.',
    },
    { type: 'settlement.settlement-run-ended.v1', description: 'All that was due is settled; with its figures.' },
    {
      type: 'settlement.payout-retried.v1',
      description:
        'A payout is due again, under another number where it failed or came back; or a day that did not add up does.',
    },
    {
      type: 'settlement.payout-sending.v1',
      description: 'A payout that is tried again is booked as on its way, and handed to the bank.',
    },
    {
      type: 'settlement.payout-waiting.v1',
      description: 'A payout waits until the ledger has as much for the merchant; it is asked again by itself.',
    },
    {
      type: 'settlement.settlement-paid.v1',
      description: 'A merchant has what its day came to, but for what is `unpaid`.',
    },
    {
      type: 'settlement.payout-failed.v1',
      description: 'A payout did not go; it is tried again once the account was mended.',
    },
    {
      type: 'settlement.payout-returned.v1',
      description: 'A payout came back; it is tried again once the account was mended.',
    },
    { type: 'settlement.shortfall-billed.v1', description: 'What a merchant’s day lacked is owed by it from now on.' },
    {
      type: 'settlement.bill-waiting.v1',
      description:
        'The market has not as much of its own as it is to give for a merchant that it bills; it is asked again.',
    },
    { type: 'settlement.bill-given.v1', description: 'The market has given what it bills of a merchant’s day.' },
    {
      type: 'settlement.settlement-mismatched.v1',
      description:
        'Lines of a merchant’s day do not add up to its total: nothing of it is paid until somebody has looked.',
    },
    {
      type: 'settlement.channel-file-read.v1',
      description: 'A settlement file of a channel was read, and stands for its day.',
    },
    { type: 'settlement.channel-file-refused.v1', description: 'A file of a channel was refused, and why.' },
    { type: 'settlement.comparison-asked.v1', description: 'A day of a channel is to be compared with the journal.' },
    {
      type: 'settlement.comparison-handed-on.v1',
      description: 'A comparison of a day broke off, or was never heard of: it is done from its beginning.',
    },
    {
      type: 'settlement.comparison-ended.v1',
      description: 'A day of a channel was compared: how many differences there are.',
    },
    { type: 'settlement.proof-asked.v1', description: 'A market is to be proved.' },
    {
      type: 'settlement.proof-handed-on.v1',
      description: 'A proof of a market has done a part: it goes on from where it stands.',
    },
    {
      type: 'settlement.proof-ended.v1',
      description: 'A market was proved: whether it is balanced, and how many orders lack lines.',
    },
  ],
};
