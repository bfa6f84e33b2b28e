import pLimit from 'p-limit';
import { placeOf } from '../batches/batch.ts';
import { afterReports } from '../batches/block-changes.ts';
import { changeBlock } from '../batches/change-block.ts';
import type { StoredReport } from '../store-reports.ts';
import type { CollectionTools } from '../tools.ts';

const blocksAtOnceMax = 8;

/**
 * Takes what banks reported into the blocks that it is about, each block once for all of it, and carries them on. A report
 * told twice, late or out of order changes nothing; one of an order that is not ours is left in the inbox.
 */
export async function takeIntoBlocks(
  tools: CollectionTools,
  reports: readonly StoredReport[],
  now: Date,
): Promise<void> {
  const limit = pLimit(blocksAtOnceMax);
  const placed = reports.flatMap(({ tenant, report }) => {
    const place = placeOf(report.orderId);
    return place ? [{ place: { tenant, ...place }, report }] : [];
  });
  const byBlock = Map.groupBy(placed, ({ place: { tenant, batchId, block } }) => `${tenant}#${batchId}#${block}`);
  await Promise.all(
    [...byBlock.values()].map((ofBlock) =>
      limit(async () => {
        const [first] = ofBlock;
        const told = ofBlock.map(({ report }) => report);
        if (first) await changeBlock(tools, first.place, (items) => afterReports(items, told), now);
      }),
    ),
  );
}
