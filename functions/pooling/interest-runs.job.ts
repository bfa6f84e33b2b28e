import { describeError, writeLog } from '../../shared/http/log.ts';
import { now } from '../../shared/time/clock.ts';
import { settlementFromPlain } from './interest-runs/interest-items.ts';
import { startDueInterest } from './interest-runs/start-due-interest.ts';
import { settlementsOf } from './keys.ts';
import { poolingTools } from './tools.ts';

const looksMax = 500;

/** Starts the interest runs whose settlement day is over. One that cannot be started keeps no other from its turn. */
export async function handler(): Promise<void> {
  const tools = poolingTools();
  const instant = now();
  const due = await tools.store.readTimed([settlementsOf], instant.toISOString(), looksMax);
  const failures: unknown[] = [];
  for (const work of due) {
    const { ownerId } = settlementFromPlain(work.item);
    try {
      await startDueInterest(tools, { tenant: work.tenant, ownerId }, instant);
    } catch (error) {
      failures.push(error);
      await tools.store.postpone(work, instant.toISOString());
      writeLog({ level: 'ERROR', message: 'interest run not started', ownerId, error: describeError(error) });
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some interest runs were not started.');
}
