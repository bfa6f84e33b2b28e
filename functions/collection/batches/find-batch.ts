import { problems } from '../problems.ts';
import type { CollectionStore } from '../store.ts';
import type { Batch } from './batch.ts';
import { batchIdOf } from './owner.ts';

type Store = Pick<CollectionStore, 'readBatch'>;

/** A batch; a collection by itself is none. Problem: `collection/batch-not-found`. */
export async function findBatch(store: Store, tenant: string, batchId: string): Promise<Batch> {
  const batch = await store.readBatch(tenant, batchId);
  if (batch && !batch.single) return batch;
  throw problems['batch-not-found'].with({ detail: `There is no batch ${batchId}.`, batchId });
}

/** A collection by itself; a batch is none. Problem: `collection/collection-not-found`. */
export async function findCollection(store: Store, tenant: string, collectionId: string): Promise<Batch> {
  const batch = await store.readBatch(tenant, batchIdOf(collectionId));
  if (batch?.single) return batch;
  const detail = `There is no collection ${collectionId}.`;
  throw problems['collection-not-found'].with({ detail, collectionId });
}
