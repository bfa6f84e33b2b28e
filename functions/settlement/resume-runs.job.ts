import { now } from '../../shared/time/clock.ts';
import { handOn } from './background/hand-on.ts';
import { resumeRuns } from './settlements/resume-runs.ts';
import { defaultResumingStore } from './store.ts';

/** Hands on settlement runs that broke off, or wait for their next attempt, and proofs and comparisons that broke off. */
export async function handler(): Promise<void> {
  const store = defaultResumingStore();
  const at = now();
  const results = await Promise.allSettled([
    resumeRuns(store, at),
    handOn(store.listProofsUnderWay, store.writeProof, at),
    handOn(store.listComparisonsUnderWay, store.writeComparison, at),
  ]);
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  if (failures.length > 0) throw new AggregateError(failures, 'Some of what broke off could not be handed on.');
}
