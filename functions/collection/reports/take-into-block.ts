import { placeOf } from '../batches/batch.ts';
import { afterReports } from '../batches/block-changes.ts';
import { carryOnBlocks } from '../batches/carry-on.ts';
import type { ItemsChange } from '../batches/change-items.ts';
import type { StoredReport } from '../store-reports.ts';
import type { CollectionTools } from '../tools.ts';

/**
 * Takes what banks reported into the blocks that it is about, each block once for all of it, and carries them on. A report
 * told twice, late or out of order changes nothing; one of an order that is not ours is left in the inbox.
 */
export async function takeIntoBlocks(
  tools: CollectionTools,
  reports: readonly StoredReport[],
  now: Date,
): Promise<void> {
  const placed = reports.flatMap(({ tenant, report }) => {
    const place = placeOf(report.orderId);
    return place ? [{ tenant, ...place, report }] : [];
  });
  for (const ofBatch of Map.groupBy(placed, ({ tenant, batchId }) => `${tenant}#${batchId}`).values()) {
    const [first] = ofBatch;
    if (!first) continue;
    const changes = new Map<number, ItemsChange>();
    for (const [block, some] of Map.groupBy(ofBatch, (one) => one.block)) {
      const told = some.map(({ report }) => report);
      changes.set(block, (items) => afterReports(items, told));
    }
    await carryOnBlocks(tools, first, changes, now);
  }
}
