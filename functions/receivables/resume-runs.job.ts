import { describeError, writeLog } from '../../shared/http/log.ts';
import { now } from '../../shared/time/clock.ts';
import { resumeRuns } from './runs/resume-runs.ts';
import { defaultStore } from './store.ts';

/** Hands on runs that broke off, or wait for their next attempt. */
export async function handler(): Promise<void> {
  const failures = await resumeRuns(defaultStore(), now());
  for (const error of failures) {
    writeLog({ level: 'ERROR', message: 'run not handed on', error: describeError(error) });
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some runs were not handed on.');
}
