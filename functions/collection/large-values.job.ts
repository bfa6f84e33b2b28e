import { describeError, writeLog } from '../../shared/http/log.ts';
import { now } from '../../shared/time/clock.ts';
import { daysToLookAt, tellLargeValues } from './large-values/tell-large-values.ts';
import { collectionTools } from './tools.ts';

/** Finds who paid large values on days that are over. A tenant's day that fails keeps no other from its turn. */
export async function handler(): Promise<void> {
  const tools = collectionTools();
  const instant = now();
  const failures: unknown[] = [];
  for (const day of await daysToLookAt(tools, instant)) {
    try {
      await tellLargeValues(tools, day, instant);
    } catch (error) {
      failures.push(error);
      writeLog({ level: 'ERROR', message: 'large values not found', ...day, error: describeError(error) });
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'The large values of some days were not found.');
}
