import pLimit from 'p-limit';
import { requireChannel } from '../channels/bank-channel.ts';
import { sendMessage } from '../dispatches/send-message.ts';
import type { CollectionTools } from '../tools.ts';
import type { Batch, Block } from './batch.ts';
import { type ItemsChange, whereNobodyElseWrites } from './change-items.ts';
import { type BatchContext, type Prepared, prepareBlock } from './prepare-block.ts';

const blocksAtOnceMax = 8;
/** A message that a rail does not take leads to the next rail; there are fewer rails than that. */
const roundsMax = 12;

/** What is to be done with blocks of a batch, by their numbers: a change first, or only what is due. */
export type BlockChanges = ReadonlyMap<number, ItemsChange | undefined>;

/**
 * Carries blocks of a batch on as far as they go, and with them those that are in the same messages: all are prepared, then
 * what is ready goes to the bank together. Killed anywhere and taken up again, or carried on by two at once, each order is
 * held, handed over and booked once. Problem: `request/conflict-retry`.
 */
export async function carryOnBlocks(
  tools: CollectionTools,
  { tenant, batchId }: Pick<Block, 'tenant' | 'batchId'>,
  changes: BlockChanges,
  now: Date,
): Promise<void> {
  const [batch, channel] = await Promise.all([tools.store.readBatch(tenant, batchId), tools.store.readChannel(tenant)]);
  if (!batch) return;
  const context = { batch, channel: requireChannel(channel) };
  let open = changes;
  for (let round = 1; round <= roundsMax && open.size > 0; round++) {
    const { toHand, toHandAgain } = await prepareAll(tools, context, open, now);
    const touched = new Set<number>();
    for (const id of new Set([...toHand, ...toHandAgain])) {
      for (const block of await sendMessage(tools, context, id, now)) touched.add(block);
    }
    open = new Map([...touched].map((block) => [block, undefined]));
  }
}

async function prepareAll(
  tools: CollectionTools,
  context: BatchContext,
  changes: BlockChanges,
  now: Date,
): Promise<Prepared> {
  const limit = pLimit(blocksAtOnceMax);
  const prepared = await Promise.all(
    [...changes].map(([number, change]) =>
      limit(() => whereNobodyElseWrites(() => prepareBlock(tools, context, number, change, now))),
    ),
  );
  const all = (which: keyof Prepared) => new Set(prepared.flatMap((one) => [...one[which]]));
  return { toHand: all('toHand'), toHandAgain: all('toHandAgain') };
}

/** Carries on all blocks of a batch. */
export function carryOnBatch(tools: CollectionTools, { tenant, id, blocks }: Batch, now: Date): Promise<void> {
  const all = new Map(Array.from({ length: blocks }, (_, block) => [block, undefined]));
  return carryOnBlocks(tools, { tenant, batchId: id }, all, now);
}
