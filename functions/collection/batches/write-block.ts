import type { Dispatch } from '../dispatches/dispatch.ts';
import type { CollectionItem } from '../items/item.ts';
import type { MandateUsage } from '../mandates/mandate-usage.ts';
import type { CollectionStore } from '../store.ts';
import type { Block } from './batch.ts';
import { closing } from './batch-progress.ts';
import { dueTime } from './due-time.ts';

/** The next state of a block, and what is written with it. */
export interface NextBlock {
  readonly items: readonly CollectionItem[];
  /** The room that it takes or gives back, by mandate. */
  readonly usages?: ReadonlyMap<string, MandateUsage>;
  /** The messages that it joins. */
  readonly joins?: readonly Dispatch[];
}

/**
 * Writes the next items of a block, and when they are to be looked at; with them what goes with them and, once, that the
 * block has come to its end. Throws what DynamoDB throws where another was faster.
 */
export async function writeItems(
  { replaceBlock }: Pick<CollectionStore, 'replaceBlock'>,
  read: Block,
  { items, usages = new Map(), joins = [] }: NextBlock,
  now: Date,
): Promise<void> {
  const { dueAt: _, ...rest } = read;
  const dueAt = dueTime(items, now);
  const next = { ...rest, items, changedAt: now.toISOString(), ...(dueAt !== undefined && { dueAt }) };
  const closed = closing(next, read);
  await replaceBlock(closed ? { ...next, closed: true } : next, read, { usages, joins, closed });
}
