import { describeError, writeLog } from '../../shared/http/log.ts';
import { now } from '../../shared/time/clock.ts';
import { carryOnDue } from './batches/carry-on-due.ts';
import { takeWhatWasPutAside } from './reports/put-aside.ts';
import { collectionTools } from './tools.ts';

/**
 * Takes the reports that could not be taken when they came, and carries on what waits for its day or its next try, and what
 * broke off. What fails keeps no other from its turn.
 */
export async function handler(): Promise<void> {
  const tools = collectionTools();
  const failures = [...(await takeWhatWasPutAside(tools, now())), ...(await carryOnDue(tools, now()))];
  for (const error of failures) {
    writeLog({ level: 'ERROR', message: 'collections not carried on', error: describeError(error) });
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some collections were not carried on.');
}
