import { backOff } from '../../../shared/concurrency/backoff.ts';
import { classifyWriteFailure } from '../../../shared/dynamo/failure.ts';
import { general } from '../../../shared/problems/general.ts';
import { Problem } from '../../../shared/problems/problem.ts';
import type { CollectionItem } from '../items/item.ts';
import { mandatePolicy } from '../mandates/create-mandate.ts';
import type { CollectionTools } from '../tools.ts';
import type { Block } from './batch.ts';
import { isChanged } from './block-changes.ts';
import { carryOnBlock } from './carry-on-block.ts';
import { roomBack } from './reserve-room.ts';
import { writeItems } from './write-block.ts';

/**
 * Changes a block and carries it on as far as it goes. Where others write it at the same time, the change is decided anew on
 * what they wrote. Problem: `request/conflict-retry`.
 */
export async function changeBlock(
  tools: CollectionTools,
  place: Pick<Block, 'tenant' | 'batchId' | 'block'>,
  change: (items: readonly CollectionItem[]) => readonly CollectionItem[],
  now: Date,
): Promise<void> {
  const { store } = tools;
  for (let attempt = 1; attempt <= mandatePolicy.attemptsMax; attempt++) {
    try {
      const block = await store.readBlock(place.tenant, place.batchId, place.block);
      if (!block) return;
      const items = change(block.items);
      if (isChanged(block.items, items)) await writeChange(tools, block, items, now);
      return await carryOnBlock(tools, place, now);
    } catch (error) {
      if (error instanceof Problem || classifyWriteFailure(error) === 'FATAL') throw error;
      await backOff(attempt, mandatePolicy);
    }
  }
  throw general['conflict-retry'].with({ detail: 'Others are changing these collections. It is tried again.' });
}

async function writeChange(
  { store }: CollectionTools,
  block: Block,
  items: readonly CollectionItem[],
  now: Date,
): Promise<void> {
  const ending = items.filter(({ ended }, place) => ended && !block.items[place]?.ended);
  const { usages } =
    ending.length === 0
      ? { usages: new Map() }
      : await store.readMandatesInUse(
          block.tenant,
          ending.map(({ mandateId }) => mandateId),
        );
  await writeItems(store, block, items, now, roomBack(block.items, items, usages));
}
