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
  let own: OwnFigures = { order: 0n, cash: 0n, room: 0n, isCapped: false };
  let behind: string | undefined;
  do {
    const place = behind === undefined ? {} : { behind };
    const { blocks, isLast } = await store.readBlocks(day, { ...place, count: blocksAtOnce });
    const lines = blocks.flatMap((block) => block.lines);
    figures = addFigures(figures, sumFigures(lines));
    own = lines.reduce(withLine, own);
    behind = isLast ? undefined : blocks.at(-1)?.place;
  } while (behind !== undefined);
  const { count: orders, gross: paid, fees: fee, coupons } = figures;
  const { order, cash, room, isCapped } = own;
  return { base: { orders, order, paid, cash, fee, coupons, ...(isCapped && { mostToOthers: room }) }, figures };
}

/** What a running total does not have. */
interface OwnFigures extends Pick<SumBase, 'order' | 'cash'> {
  readonly room: bigint;
  readonly isCapped: boolean;
}

function withLine(own: OwnFigures, line: JournalLine): OwnFigures {
  if (line.kind !== 'SUMMED') return own;
  return {
    order: own.order + line.order,
    cash: own.cash + line.cash,
    room: own.room + (line.room ?? line.amount),
    isCapped: own.isCapped || line.room !== undefined,
  };
}
