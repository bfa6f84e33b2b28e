import pLimit from 'p-limit';
import type { CollectionTools } from '../tools.ts';
import type { Batch } from './batch.ts';
import { changeBlock } from './change-block.ts';

/** They share two accounts in the ledger, which takes one write of an account at a time. */
const blocksAtOnceMax = 4;

/** Carries on all blocks of a batch, some at once. */
export async function carryOnBatch(tools: CollectionTools, { tenant, id, blocks }: Batch, now: Date): Promise<void> {
  const limit = pLimit(blocksAtOnceMax);
  const places = Array.from({ length: blocks }, (_, block) => ({ tenant, batchId: id, block }));
  await Promise.all(places.map((place) => limit(() => changeBlock(tools, place, (items) => items, now))));
}
