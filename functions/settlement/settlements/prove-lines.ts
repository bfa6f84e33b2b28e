import { addFigures, type Figures, noFigures, sumFigures } from '../journal/figures.ts';
import type { OwnerDay } from '../journal/transaction.ts';
import type { SettlementStore } from '../store.ts';

/** Blocks that are read at once: a megabyte at most. */
const blocksAtOnce = 32;

/** What the lines of an owner's day come to, one by one, in one settlement of it; to be compared with its running total. */
export async function figuresOfLines(store: Pick<SettlementStore, 'readBlocks'>, day: OwnerDay): Promise<Figures> {
  let figures = noFigures;
  let behind: string | undefined;
  do {
    const place = behind === undefined ? {} : { behind };
    const { blocks, isLast } = await store.readBlocks(day, { ...place, count: blocksAtOnce });
    figures = addFigures(figures, sumFigures(blocks.flatMap(({ lines }) => lines)));
    behind = isLast ? undefined : blocks.at(-1)?.place;
  } while (behind !== undefined);
  return figures;
}
