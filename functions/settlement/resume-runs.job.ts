import { now } from '../../shared/time/clock.ts';
import { resumeRuns } from './settlements/resume-runs.ts';
import { defaultStore } from './store.ts';

/** Hands on settlement runs that broke off, or wait for their next attempt. */
export async function handler(): Promise<void> {
  await resumeRuns(defaultStore(), now());
}
