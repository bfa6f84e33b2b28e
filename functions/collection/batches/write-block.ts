import type { MandateUsage } from '../mandates/mandate-usage.ts';
import type { CollectionStore } from '../store.ts';
import type { Block } from './batch.ts';
import { closing } from './batch-progress.ts';

/**
 * Writes the next state of a block; with it the room that it takes or gives back and, once, that it has come to its end.
 * Throws what DynamoDB throws where another was faster.
 */
export async function writeBlock(
  { replaceBlock }: Pick<CollectionStore, 'replaceBlock'>,
  next: Block,
  read: Block,
  usages: ReadonlyMap<string, MandateUsage> = new Map(),
): Promise<void> {
  const closed = closing(next, read);
  await replaceBlock(closed ? { ...next, closed: true } : next, read, { usages, closed });
}
