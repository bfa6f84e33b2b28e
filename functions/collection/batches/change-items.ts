import { backOff } from '../../../shared/concurrency/backoff.ts';
import { classifyWriteFailure } from '../../../shared/dynamo/failure.ts';
import { general } from '../../../shared/problems/general.ts';
import { Problem } from '../../../shared/problems/problem.ts';
import type { CollectionItem } from '../items/item.ts';
import { mandatePolicy } from '../mandates/create-mandate.ts';
import type { CollectionTools } from '../tools.ts';
import type { Block } from './batch.ts';
import { isChanged } from './block-changes.ts';
import { writeItems } from './write-block.ts';

/** What becomes of the items of a block; the same again is the same. */
export type ItemsChange = (items: readonly CollectionItem[]) => readonly CollectionItem[];

/**
 * Does what reads and writes a block until no other writes it meanwhile: what it decides, it decides anew on what they wrote.
 * Problem: `request/conflict-retry`.
 */
export async function whereNobodyElseWrites<Result>(act: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; attempt <= mandatePolicy.attemptsMax; attempt++) {
    try {
      return await act();
    } catch (error) {
      if (error instanceof Problem || classifyWriteFailure(error) === 'FATAL') throw error;
      await backOff(attempt, mandatePolicy);
    }
  }
  throw general['conflict-retry'].with({ detail: 'Others are changing these collections. It is tried again.' });
}

/** Writes a change of a block; false where it changes nothing. */
export async function changeItems(
  { store }: CollectionTools,
  block: Block,
  change: ItemsChange,
  now: Date,
): Promise<boolean> {
  const items = change(block.items);
  if (!isChanged(block.items, items)) return false;
  await writeItems(store, block, { items }, now);
  return true;
}
