import { describeError, writeLog } from '../../shared/http/log.ts';
import { now } from '../../shared/time/clock.ts';
import { poolFromPlain } from './items.ts';
import { dueShards } from './keys.ts';
import { startDueRun } from './runs/start-due-run.ts';
import { poolingTools } from './tools.ts';

const perShardMax = 100;

/** Starts the runs whose time has come. A pool whose run cannot be started keeps no other from its turn. */
export async function handler(): Promise<void> {
  const tools = poolingTools();
  const instant = now();
  const due = await tools.store.readTimed(dueShards, instant.toISOString(), perShardMax);
  const failures: unknown[] = [];
  for (const { tenant, item } of due) {
    const { id } = poolFromPlain(item);
    try {
      await startDueRun(tools, tenant, id, instant);
    } catch (error) {
      failures.push(error);
      writeLog({ level: 'ERROR', message: 'scheduled run not started', poolId: id, error: describeError(error) });
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some scheduled runs were not started.');
}
