import { backOff } from '../../../shared/concurrency/backoff.ts';
import { classifyWriteFailure } from '../../../shared/dynamo/failure.ts';
import { general } from '../../../shared/problems/general.ts';
import type { Block } from '../batches/batch.ts';
import { afterReports, isChanged } from '../batches/block-changes.ts';
import { carryOnBlock, restMs } from '../batches/carry-on-block.ts';
import type { BankReport } from '../gateway/bank-gateway.ts';
import { mandatePolicy } from '../mandates/create-mandate.ts';
import type { CollectionTools } from '../tools.ts';

/**
 * Takes what a bank reports into the block that it is about, and carries the block on. A report told twice, late or out of
 * order changes nothing; where others write the block, it is decided anew. Problem: `request/conflict-retry`.
 */
export async function takeIntoBlock(
  tools: CollectionTools,
  place: Pick<Block, 'tenant' | 'batchId' | 'block'>,
  reports: readonly BankReport[],
  now: Date,
): Promise<void> {
  for (let attempt = 1; attempt <= mandatePolicy.attemptsMax; attempt++) {
    try {
      const block = await tools.store.readBlock(place.tenant, place.batchId, place.block);
      if (!block) return;
      const items = afterReports(block.items, reports);
      if (isChanged(block.items, items)) {
        const dueAt = new Date(now.getTime() + restMs).toISOString();
        await tools.store.replaceBlock({ block: { ...block, items }, dueAt }, block);
      }
      return await carryOnBlock(tools, place, now);
    } catch (error) {
      if (classifyWriteFailure(error) === 'FATAL') throw error;
      await backOff(attempt, mandatePolicy);
    }
  }
  throw general['conflict-retry'].with({ detail: 'Others are changing these collections. It is tried again.' });
}
