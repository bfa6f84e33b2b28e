import type { ServiceDescription } from '../../shared/service/description.ts';
import { channelRoutes } from './routes-channels.ts';
import { marketRoutes } from './routes-markets.ts';
import { merchantRoutes } from './routes-merchants.ts';
import { ruleRoutes } from './routes-rules.ts';

export const service: ServiceDescription = {
  name: 'settlement',
  title: 'Settlement',
  description:
    'Gives every party of a sale its exact share on the promised day, and says how it came about (惠市宝, 分账): ' +
    'markets, merchants, split rules, supervised money.',
  table: {
    indexes: [{ name: 'byMarket', partitionKey: 'marketOf', sortKey: 'marketAt', projection: 'KEYS' }],
  },
  uses: ['ledger'],
  routes: [...marketRoutes, ...channelRoutes, ...merchantRoutes, ...ruleRoutes],
  api: { memoryMb: 1024 },
  streams: [
    {
      entry: 'on-change',
      batchSize: 10,
      kinds: ['MARKET', 'CHANNEL', 'MERCHANT', 'SPLIT_RULE_VERSION'],
      changes: ['INSERT', 'MODIFY'],
    },
    {
      entry: 'on-order',
      // The larger the batch, the fewer writes an order costs: lines of one merchant's day share an item.
      batchSize: 1_000,
      windowSeconds: 1,
      tumblingWindowSeconds: 60,
      kinds: ['ORDER', 'POSTING'],
      memoryMb: 1024,
    },
  ],
  schedules: [
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
  ],
};
