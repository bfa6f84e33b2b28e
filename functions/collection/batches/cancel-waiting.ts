import type { CollectionTools } from '../tools.ts';
import type { Batch } from './batch.ts';
import { cancelItems } from './cancel-batch.ts';
import { carryOnBlocks } from './carry-on.ts';
import type { ItemsChange } from './change-items.ts';

/** Cancels what of a batch is not on its way to a bank; again is the same. */
export async function cancelWaiting(tools: CollectionTools, batch: Batch, now: Date): Promise<void> {
  const { tenant, id: batchId, blocks } = batch;
  const cancel: ItemsChange = (items) => cancelItems(items, now);
  const changes = new Map(Array.from({ length: blocks }, (_, block) => [block, cancel]));
  await carryOnBlocks(tools, { tenant, batchId }, changes, now);
}
