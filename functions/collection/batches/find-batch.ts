import { problems } from '../problems.ts';
import type { CollectionStore } from '../store.ts';
import type { Batch } from './batch.ts';

/** Problem: `collection/batch-not-found`. */
export async function findBatch(
  store: Pick<CollectionStore, 'readBatch'>,
  tenant: string,
  batchId: string,
): Promise<Batch> {
  const batch = await store.readBatch(tenant, batchId);
  if (batch) return batch;
  throw problems['batch-not-found'].with({ detail: `There is no batch ${batchId}.`, batchId });
}
