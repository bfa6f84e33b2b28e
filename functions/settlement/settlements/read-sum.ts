import { addFigures, type Figures, noFigures, sumFigures } from '../journal/figures.ts';
import type { JournalLine } from '../journal/line.ts';
import type { OwnerDay } from '../journal/transaction.ts';
import type { SettlementStore } from '../store.ts';
import type { SumBase } from '../sums/sum.ts';

/** Blocks that are read at once: a megabyte at most. */
const blocksAtOnce = 32;

export interface ReadSum {
  readonly base: SumBase;
  /** Of its lines, one by one; to be compared with its running total. */
  readonly figures: Figures;
}

/** What the lines of a sum's day come to, in one settlement of it. */
export async function readSum(store: Pick<SettlementStore, 'readBlocks'>, day: OwnerDay): Promise<ReadSum> {
  let figures = noFigures;
  let order = 0n;
  let behind: string | undefined;
  do {
    const place = behind === undefined ? {} : { behind };
    const { blocks, isLast } = await store.readBlocks(day, { ...place, count: blocksAtOnce });
    const lines = blocks.flatMap((block) => block.lines);
    figures = addFigures(figures, sumFigures(lines));
    for (const line of lines) order += orderOf(line);
    behind = isLast ? undefined : blocks.at(-1)?.place;
  } while (behind !== undefined);
  const { count: orders, gross: paid, fees: fee, coupons } = figures;
  return { base: { orders, order, paid, fee, coupons }, figures };
}

function orderOf(line: JournalLine): bigint {
  return line.kind === 'SUMMED' ? line.order : 0n;
}
