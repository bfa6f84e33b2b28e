import { now } from '../../shared/time/clock.ts';
import { resumeProofs } from './journal/proof/resume-proofs.ts';
import { resumeRuns } from './settlements/resume-runs.ts';
import { defaultResumingStore } from './store.ts';

/** Hands on settlement runs that broke off, or wait for their next attempt, and proofs that broke off. */
export async function handler(): Promise<void> {
  const store = defaultResumingStore();
  const at = now();
  const results = await Promise.allSettled([resumeRuns(store, at), resumeProofs(store, at)]);
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  if (failures.length > 0) throw new AggregateError(failures, 'Some of what broke off could not be handed on.');
}
