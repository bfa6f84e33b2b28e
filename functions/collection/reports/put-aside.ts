import { describeError, writeLog } from '../../../shared/http/log.ts';
import { restMs } from '../batches/due-time.ts';
import type { StoredReport } from '../store-reports.ts';
import type { CollectionTools } from '../tools.ts';
import { type BatchReports, byBatch, placesOf, takeIntoBatch } from './take-into-block.ts';

const perShardMax = 40;

/**
 * Takes reports into the batches that they are about, each by itself: one that cannot be carried on keeps no other's waiting.
 * Its blocks are put aside, and the inbox is taken into them again by the minute; answers the reports for which not even
 * that could be noted.
 */
export async function takeOrPutAside(
  tools: CollectionTools,
  reports: readonly StoredReport[],
  now: Date,
): Promise<readonly StoredReport[]> {
  const left: StoredReport[] = [];
  for (const ofBatch of byBatch(reports)) {
    try {
      await takeIntoBatch(tools, ofBatch, now);
    } catch (error) {
      const { tenant, batchId } = ofBatch;
      writeLog({ level: 'ERROR', message: 'reports put aside', tenant, batchId, error: describeError(error) });
      if (!(await putAside(tools, ofBatch, now))) left.push(...[...ofBatch.blocks.values()].flat());
    }
  }
  return left;
}

async function putAside({ store }: CollectionTools, ofBatch: BatchReports, now: Date): Promise<boolean> {
  try {
    for (const place of placesOf(ofBatch)) await store.putBlockAside(place, now.toISOString());
    return true;
  } catch (error) {
    writeLog({ level: 'ERROR', message: 'reports not put aside', error: describeError(error) });
    return false;
  }
}

/** Takes the whole inbox of blocks that were put aside. Answers what failed; that is tried again later. */
export async function takeWhatWasPutAside(tools: CollectionTools, now: Date): Promise<readonly unknown[]> {
  const { store } = tools;
  const failures: unknown[] = [];
  for (const { dueAt, ...place } of await store.readBlocksAside(now.toISOString(), perShardMax)) {
    try {
      const { tenant, batchId, block: number } = place;
      const block = await store.readBlock(tenant, batchId, number);
      const orderIds = block?.items.flatMap(({ tries }) => tries.map(({ orderId }) => orderId)) ?? [];
      const inbox = await Promise.all(orderIds.map((orderId) => store.readReports(tenant, orderId)));
      for (const ofBatch of byBatch(inbox.flat())) await takeIntoBatch(tools, ofBatch, now);
      await store.forgetBlockAside(place, dueAt);
    } catch (error) {
      failures.push(error);
      await store.putBlockAside(place, new Date(now.getTime() + restMs).toISOString());
    }
  }
  return failures;
}
