import { now } from '../../shared/time/clock.ts';
import { resumeResolutions } from './resolutions/take-turn.ts';
import { defaultStore } from './store.ts';

/** Hands on resolutions of queues that broke off, or wait for their next attempt. */
export async function handler(): Promise<void> {
  const failures = await resumeResolutions(defaultStore(), now());
  if (failures.length > 0) throw new AggregateError(failures, 'Some resolutions were not handed on.');
}
