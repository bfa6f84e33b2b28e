import type { CollectionTools } from '../tools.ts';
import type { BlockPlace } from './batch.ts';
import { carryOnBlocks } from './carry-on.ts';
import { restMs } from './due-time.ts';

const perShardMax = 40;

/**
 * Carries on the blocks that are due, those of a batch together: what they hand to a bank goes as one message. Answers what
 * failed; that is tried again later.
 */
export async function carryOnDue(tools: CollectionTools, now: Date): Promise<readonly unknown[]> {
  const due = await tools.store.readDueBlocks(now.toISOString(), perShardMax);
  const failures: unknown[] = [];
  for (const blocks of Map.groupBy(due, ({ tenant, batchId }) => `${tenant}#${batchId}`).values()) {
    try {
      await carryOnOrForget(tools, blocks, now);
    } catch (error) {
      failures.push(error);
      const later = new Date(now.getTime() + restMs).toISOString();
      for (const block of blocks) await tools.store.putOffBlock(block, later);
    }
  }
  return failures;
}

/** Blocks that no batch names are of a request that never came to its end: by now it never will. */
async function carryOnOrForget(tools: CollectionTools, blocks: readonly BlockPlace[], now: Date): Promise<void> {
  const [first] = blocks;
  if (!first) return;
  if (!(await tools.store.readBatch(first.tenant, first.batchId))) {
    for (const block of blocks) await tools.store.forgetBlock(block);
    return;
  }
  await carryOnBlocks(tools, first, new Map(blocks.map(({ block }) => [block, undefined])), now);
}
