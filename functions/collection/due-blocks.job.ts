import { describeError, writeLog } from '../../shared/http/log.ts';
import { now } from '../../shared/time/clock.ts';
import { changeBlock } from './batches/change-block.ts';
import { restMs } from './batches/due-time.ts';
import { collectionTools } from './tools.ts';

const perShardMax = 20;

/** Carries on what waits for its day or its next try, and what broke off. What fails keeps no other from its turn. */
export async function handler(): Promise<void> {
  const tools = collectionTools();
  const instant = now();
  const due = await tools.store.readDueBlocks(instant.toISOString(), perShardMax);
  const failures: unknown[] = [];
  for (const block of due) {
    try {
      if (await tools.store.readBatch(block.tenant, block.batchId)) {
        await changeBlock(tools, block, (items) => items, instant);
      } else await tools.store.forgetBlock(block);
    } catch (error) {
      failures.push(error);
      await tools.store.putOffBlock(block, new Date(instant.getTime() + restMs).toISOString());
      writeLog({ level: 'ERROR', message: 'collections not carried on', error: describeError(error) });
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some collections were not carried on.');
}
