import { batchesOf, collectionsOf } from '../keys.ts';
import type { CollectionStore } from '../store.ts';
import type { Batch } from './batch.ts';
import type { BatchState } from './batch-figures.ts';
import { stateOf } from './progress-items.ts';

/** A batch on a list. */
export interface ListedBatch {
  readonly batch: Batch;
  readonly state: BatchState;
}

export interface BatchPage {
  readonly batches: readonly ListedBatch[];
  /** Where the next page begins. */
  readonly next?: string;
}

type Store = Pick<CollectionStore, 'listBatches' | 'readBatch' | 'readBatchNumber' | 'readProgress'>;

/** A page of the batches of a tenant, or of its collections by themselves, the newest first. */
export async function listBatches(
  store: Store,
  tenant: string,
  which: 'BATCHES' | 'COLLECTIONS',
  { before, limit }: { readonly before: string | undefined; readonly limit: number },
): Promise<BatchPage> {
  const list = which === 'BATCHES' ? batchesOf(tenant) : collectionsOf(tenant);
  const { batches, more } = await store.listBatches(list, before, limit);
  const page = await withStates(
    store,
    tenant,
    batches.map(({ batch }) => batch),
  );
  const last = batches.at(-1)?.at;
  return more && last !== undefined ? { batches: page, next: last } : { batches: page };
}

/** The batch that has a number of the caller's, as a list of it or of none. */
export async function batchesByNumber(store: Store, tenant: string, number: string): Promise<BatchPage> {
  const batchId = await store.readBatchNumber(tenant, number);
  const batch = batchId === undefined ? undefined : await store.readBatch(tenant, batchId);
  return { batches: await withStates(store, tenant, batch ? [batch] : []) };
}

async function withStates({ readProgress }: Store, tenant: string, batches: readonly Batch[]): Promise<ListedBatch[]> {
  const progress = await readProgress(
    tenant,
    batches.map(({ id }) => id),
  );
  return batches.map((batch) => {
    const of = progress.get(batch.id);
    if (!of) throw new Error(`The batch ${batch.id} has no progress.`);
    return { batch, state: stateOf(of) };
  });
}
