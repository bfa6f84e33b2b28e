import { describeError, writeLog } from '../../shared/http/log.ts';
import { now } from '../../shared/time/clock.ts';
import { carryOnDue } from './batches/carry-on-due.ts';
import { collectionTools } from './tools.ts';

/** Carries on what waits for its day or its next try, and what broke off. What fails keeps no other from its turn. */
export async function handler(): Promise<void> {
  const failures = await carryOnDue(collectionTools(), now());
  for (const error of failures) {
    writeLog({ level: 'ERROR', message: 'collections not carried on', error: describeError(error) });
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some collections were not carried on.');
}
