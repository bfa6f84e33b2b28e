import { describeError, writeLog } from '../../shared/http/log.ts';
import { now } from '../../shared/time/clock.ts';
import { MINUTE_MS } from '../../shared/time/durations.ts';
import { carryOn } from './carry-on.ts';
import { poolingTools } from './tools.ts';

/** Work younger than that is most likely under way. */
const restMs = MINUTE_MS;
const perShardMax = 20;

/** Carries on what was begun and broke off. One that fails keeps no other from its turn; it is tried again next time. */
export async function handler(): Promise<void> {
  const tools = poolingTools();
  const instant = now();
  const open = await tools.store.readOpen(new Date(instant.getTime() - restMs).toISOString(), perShardMax);
  const failures: unknown[] = [];
  for (const work of open) {
    try {
      await carryOn(tools, work, instant);
    } catch (error) {
      failures.push(error);
      await tools.store.postpone(work, instant.toISOString());
      writeLog({ level: 'ERROR', message: 'open work not carried on', kind: work.kind, error: describeError(error) });
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some open work was not carried on.');
}
