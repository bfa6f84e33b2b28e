import pLimit from 'p-limit';
import type { CollectionTools } from '../tools.ts';
import type { Batch } from './batch.ts';
import { cancelItems } from './cancel-batch.ts';
import { changeBlock } from './change-block.ts';

const blocksAtOnceMax = 8;

/** Cancels what of a batch is not on its way to a bank, block by block; again is the same. */
export async function cancelWaiting(tools: CollectionTools, batch: Batch, now: Date): Promise<void> {
  const limit = pLimit(blocksAtOnceMax);
  const blocks = Array.from({ length: batch.blocks }, (_, block) => ({
    tenant: batch.tenant,
    batchId: batch.id,
    block,
  }));
  await Promise.all(
    blocks.map((place) => limit(() => changeBlock(tools, place, (items) => cancelItems(items, now), now))),
  );
}
