import type { ServiceDescription } from '../../../shared/service/description.ts';

/** Two capabilities that between them use everything a description can say. */
export const orders: ServiceDescription = {
  name: 'orders',
  title: 'Orders',
  description: 'Takes orders.',
  table: {
    timeToLiveAttribute: 'expires',
    indexes: [{ name: 'byBuyer', partitionKey: 'buyer', sortKey: 'placedAt' }],
  },
  bucket: { entry: 'on-upload', prefix: 'orders/', outgoing: ['answers/'], timeoutSeconds: 300, memoryMb: 1024 },
  api: { memoryMb: 768, timeoutSeconds: 20 },
  routes: [
    {
      operation: 'placeOrder',
      method: 'POST',
      path: '/v1/orders',
      access: ['operator'],
      summary: 'Place an order',
      success: 201,
    },
    {
      operation: 'getOrder',
      method: 'GET',
      path: '/v1/orders/{orderId}',
      access: ['auditor'],
      summary: 'Get an order',
      success: 200,
    },
    { operation: 'getTerms', method: 'GET', path: '/terms', access: 'PUBLIC', summary: 'Read the terms', success: 200 },
  ],
  streams: [
    { entry: 'on-change', batchSize: 100, windowSeconds: 2, kinds: ['ORDER', 'LINE'] },
    { entry: 'on-order', batchSize: 1000, windowSeconds: 1, tumblingWindowSeconds: 60 },
  ],
  schedules: [{ entry: 'expire.job', description: 'Drops orders that nobody paid', every: { minutes: 1 } }],
  publishes: [{ type: 'orders.order-placed.v1', description: 'An order was placed.' }],
};

export const shipping: ServiceDescription = {
  name: 'parcel-shipping',
  title: 'Shipping',
  description: 'Ships what was ordered.',
  table: {},
  uses: ['orders'],
  subscriptions: [{ entry: 'on-order', events: ['orders.order-placed.v1'], batchSize: 25, timeoutSeconds: 40 }],
  schedules: [{ entry: 'hand-over.job', description: 'Hands parcels over', every: { dailyAt: '09:05' } }],
};

export const samples: readonly ServiceDescription[] = [orders, shipping];
