import type { CollectionItem } from '../items/item.ts';
import { daysToMark } from '../large-values/settlements.ts';
import type { MandateUsage } from '../mandates/mandate-usage.ts';
import type { CollectionStore } from '../store.ts';
import type { Block } from './batch.ts';
import { closing } from './batch-progress.ts';
import { dueTime } from './due-time.ts';

/**
 * Writes the next items of a block, and when they are to be looked at; with them the room that they take or give back, the
 * days that it has new money of and, once, that the block has come to its end. Throws what DynamoDB throws where another was faster.
 */
export async function writeItems(
  { replaceBlock }: Pick<CollectionStore, 'replaceBlock'>,
  read: Block,
  items: readonly CollectionItem[],
  now: Date,
  usages: ReadonlyMap<string, MandateUsage> = new Map(),
): Promise<void> {
  const { dueAt: _, ...rest } = read;
  const dueAt = dueTime(items, now);
  const next = { ...rest, items, changedAt: now.toISOString(), ...(dueAt !== undefined && { dueAt }) };
  const closed = closing(next, read);
  await replaceBlock(closed ? { ...next, closed: true } : next, read, {
    usages,
    closed,
    settledDays: daysToMark(read.items, items, now),
  });
}
