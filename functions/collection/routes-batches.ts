import type { Role, RouteDescription } from '../../shared/service/description.ts';

const readers: readonly Role[] = ['treasurer', 'approver', 'operator', 'auditor'];
const collectors: readonly Role[] = ['treasurer', 'operator'];

const batches = '/v1/collection-batches';
const batch = `${batches}/{batchId}`;
const collections = '/v1/collections';
const collection = `${collections}/{collectionId}`;

/** What collection serves over collections, by themselves and in batches; part of its description. */
export const batchRoutes: readonly RouteDescription[] = [
  {
    operation: 'createCollection',
    method: 'POST',
    path: collections,
    access: collectors,
    summary: 'Collect an amount under a mandate',
    success: 201,
    idempotencyKey: 'REQUIRED',
  },
  {
    operation: 'listCollections',
    method: 'GET',
    path: collections,
    access: readers,
    summary: 'List collections that were asked for by themselves, the newest first',
    success: 200,
  },
  {
    operation: 'getCollection',
    method: 'GET',
    path: collection,
    access: readers,
    summary: 'Get a collection with all its tries',
    success: 200,
  },
  {
    operation: 'cancelCollection',
    method: 'POST',
    path: `${collection}/cancel`,
    access: collectors,
    summary: 'Cancel a collection that is not on its way to a bank',
    success: 200,
  },
  {
    operation: 'createCollectionBatch',
    method: 'POST',
    path: batches,
    access: collectors,
    summary: 'Collect many amounts at once (批量委托收款)',
    success: 201,
  },
  {
    operation: 'createCollectionBatchFromFile',
    method: 'POST',
    path: '/v1/collection-batch-files',
    access: collectors,
    summary: 'Collect the amounts of a CSV file',
    success: 201,
    body: 'FILE',
  },
  {
    operation: 'listCollectionBatches',
    method: 'GET',
    path: batches,
    access: readers,
    summary: 'List batches, the newest first, or find one by its number',
    success: 200,
  },
  {
    operation: 'getCollectionBatch',
    method: 'GET',
    path: batch,
    access: readers,
    summary: 'Get a batch, and where its money is',
    success: 200,
  },
  {
    operation: 'listCollectionItems',
    method: 'GET',
    path: `${batch}/items`,
    access: readers,
    summary: 'List the collections of a batch with state, code and tries',
    success: 200,
  },
  {
    operation: 'listRefusedLines',
    method: 'GET',
    path: `${batch}/refused-lines`,
    access: readers,
    summary: 'List the lines of a batch that were refused, and why',
    success: 200,
  },
  {
    operation: 'cancelCollectionBatch',
    method: 'POST',
    path: `${batch}/cancel`,
    access: collectors,
    summary: 'Cancel what of a batch is not on its way to a bank',
    success: 200,
  },
  {
    operation: 'recordOrderOutcome',
    method: 'POST',
    path: '/v1/collection-orders/{orderId}/outcome',
    access: ['approver'],
    summary: 'Record by hand what became of an order that the bank is silent about',
    success: 200,
  },
];
