import type { JournalLine } from '../journal/line.ts';
import type { OwnerDay } from '../journal/transaction.ts';
import type { SettlementStore } from '../store.ts';

/** Where a page of lines goes on: in a block, behind so many of its lines. */
export interface LinePlace {
  readonly block: string;
  readonly skip: number;
}

/** Blocks that are read at once, at most; a megabyte. */
const blocksAtOnceMax = 32;

/**
 * A page of the lines of an owner's day, in the order in which they were written. It reads one block first, and twice as many each
 * time that these were small: so many lines in a few reads, whether they came one by one or by the thousand.
 */
export async function pageLines(
  store: Pick<SettlementStore, 'readBlocks'>,
  day: OwnerDay,
  place: LinePlace | undefined,
  count: number,
): Promise<{ readonly lines: JournalLine[]; readonly next?: LinePlace }> {
  const lines: JournalLine[] = [];
  let on: { readonly from?: string; readonly behind?: string } = place ? { from: place.block } : {};
  let skip = place?.skip ?? 0;
  for (let blocksAtOnce = 1; ; blocksAtOnce = Math.min(2 * blocksAtOnce, blocksAtOnceMax)) {
    const { blocks, isLast } = await store.readBlocks(day, { ...on, count: blocksAtOnce });
    for (const block of blocks) {
      const room = count - lines.length;
      const left = block.lines.slice(skip);
      lines.push(...left.slice(0, room));
      if (left.length > room) return { lines, next: { block: block.place, skip: skip + room } };
      skip = 0;
    }
    const last = blocks.at(-1);
    if (isLast || !last) return { lines };
    on = { behind: last.place };
  }
}
