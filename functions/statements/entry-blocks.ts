import { partitionOf } from './keys.ts';
import type { PackedEntry } from './stored-entry.ts';

/**
 * Entries are kept in blocks, an item each: a hundredth of the items, half of the write units. Where a block ends depends on
 * the size of all texts in it, so blocks of two attempts to import a statement must not lie in one place.
 */
export const entriesPerBlockMax = 250;
/** Bytes of text in a block of several entries; an item holds 400 KB at most. (DynamoDB service quotas.) */
export const blockBytesMax = 120_000;

export interface BlockBuilder {
  /** Takes the next entry; answers the block before it if that is full. */
  take(entry: PackedEntry): PackedEntry[] | undefined;
  /** What is left. */
  rest(): PackedEntry[] | undefined;
}

/** Builds the blocks of one statement, from its entries in order. */
export function blockBuilder(): BlockBuilder {
  let block: PackedEntry[] = [];
  let bytes = 0;

  function close(): PackedEntry[] | undefined {
    const closed = block;
    block = [];
    bytes = 0;
    return closed.length > 0 ? closed : undefined;
  }

  return {
    take(entry) {
      const closed = fits(block, bytes, entry) ? undefined : close();
      block.push(entry);
      bytes += entry.bytes;
      return closed;
    },
    rest: close,
  };
}

/** A block has an end in bytes and entries, and never lies in two partitions. */
function fits(block: readonly PackedEntry[], bytes: number, next: PackedEntry): boolean {
  const last = block.at(-1);
  if (!last) return true;
  if (block.length >= entriesPerBlockMax || bytes + next.bytes > blockBytesMax) return false;
  return partitionOf(last.sequence) === partitionOf(next.sequence);
}
