import { type BlockPlace, placeOf } from '../batches/batch.ts';
import { afterReports } from '../batches/block-changes.ts';
import { carryOnBlocks } from '../batches/carry-on.ts';
import type { ItemsChange } from '../batches/change-items.ts';
import type { StoredReport } from '../store-reports.ts';
import type { CollectionTools } from '../tools.ts';

/** Reports on the orders of one batch, by the blocks that hold these. */
export interface BatchReports {
  readonly tenant: string;
  readonly batchId: string;
  readonly blocks: ReadonlyMap<number, readonly StoredReport[]>;
}

/** Reports by the batches that they are about; one of an order that is not ours is of none. */
export function byBatch(reports: readonly StoredReport[]): BatchReports[] {
  const placed = reports.flatMap((stored) => {
    const place = placeOf(stored.report.orderId);
    return place ? [{ tenant: stored.tenant, ...place, stored }] : [];
  });
  return [...Map.groupBy(placed, ({ tenant, batchId }) => `${tenant}#${batchId}`).values()].flatMap((some) => {
    const [first] = some;
    if (!first) return [];
    const { tenant, batchId } = first;
    const blocks = [...Map.groupBy(some, ({ block }) => block)].map(
      ([block, ofBlock]) => [block, ofBlock.map(({ stored }) => stored)] as const,
    );
    return [{ tenant, batchId, blocks: new Map(blocks) }];
  });
}

/** Where the blocks are that reports of a batch are about. */
export function placesOf({ tenant, batchId, blocks }: BatchReports): BlockPlace[] {
  return [...blocks.keys()].map((block) => ({ tenant, batchId, block }));
}

/**
 * Takes what banks reported into the blocks that it is about, each block once for all of it, and carries them on. A report
 * told twice, late or out of order changes nothing; one of an order that is not ours is left in the inbox.
 */
export async function takeIntoBlocks(
  tools: CollectionTools,
  reports: readonly StoredReport[],
  now: Date,
): Promise<void> {
  for (const ofBatch of byBatch(reports)) await takeIntoBatch(tools, ofBatch, now);
}

/** The same of one batch. */
export async function takeIntoBatch(tools: CollectionTools, ofBatch: BatchReports, now: Date): Promise<void> {
  const changes = new Map(
    [...ofBatch.blocks].map(([block, some]): [number, ItemsChange] => {
      const told = some.map(({ report }) => report);
      return [block, (items) => afterReports(items, told)];
    }),
  );
  await carryOnBlocks(tools, ofBatch, changes, now);
}
