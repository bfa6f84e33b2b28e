import type { Dispatch } from '../dispatches/dispatch.ts';
import type { CollectionItem } from '../items/item.ts';
import { daysToMark } from '../large-values/settlements.ts';
import type { MandateUsage } from '../mandates/mandate-usage.ts';
import type { CollectionStore } from '../store.ts';
import type { Block } from './batch.ts';
import { closing } from './batch-progress.ts';
import { dueTime } from './due-time.ts';
import { roomShifts, usagesAfter } from './room.ts';

type Store = Pick<CollectionStore, 'replaceBlock' | 'readMandatesInUse'>;

/** The next state of a block, and what is written with it. */
export interface NextBlock {
  readonly items: readonly CollectionItem[];
  /** The room of mandates after it, where that was read to decide on it. */
  readonly usages?: ReadonlyMap<string, MandateUsage>;
  /** The messages that it joins. */
  readonly joins?: readonly Dispatch[];
}

/**
 * Writes the next items of a block, and when they are to be looked at; with them the room that they take or give back of
 * their mandates, what they join, the days that it has new money of and, once, that the block has come to its end. Throws
 * what DynamoDB throws where another was faster.
 */
export async function writeItems(
  store: Store,
  read: Block,
  { items, usages, joins = [] }: NextBlock,
  now: Date,
): Promise<void> {
  const { dueAt: _, ...rest } = read;
  const dueAt = dueTime(items, now);
  const next = { ...rest, items, changedAt: now.toISOString(), ...(dueAt !== undefined && { dueAt }) };
  const closed = closing(next, read);
  const room = usages ?? (await roomAfter(store, read, items));
  const settledDays = daysToMark(read.items, items, now);
  const effects = { usages: room, joins, closed, settledDays };
  await store.replaceBlock(closed ? { ...next, closed: true } : next, read, effects);
}

async function roomAfter(store: Store, { tenant, items }: Block, after: readonly CollectionItem[]) {
  const shifts = roomShifts(items, after);
  if (shifts.length === 0) return new Map<string, MandateUsage>();
  const { usages } = await store.readMandatesInUse(
    tenant,
    shifts.map(({ mandateId }) => mandateId),
  );
  return usagesAfter(shifts, usages);
}
