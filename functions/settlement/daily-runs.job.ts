import { now } from '../../shared/time/clock.ts';
import { startDailyRuns } from './settlements/daily-runs.ts';
import { defaultStore } from './store.ts';

/** Starts the day's settlement run of each market on which it is time. */
export async function handler(): Promise<void> {
  const failures = await startDailyRuns(defaultStore(), now());
  if (failures.length > 0) throw new AggregateError(failures, 'The daily runs of some markets were not started.');
}
