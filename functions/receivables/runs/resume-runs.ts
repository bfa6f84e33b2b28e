import { replaceRun } from '../../../shared/runs/replace-run.ts';
import { MINUTE_MS } from '../../../shared/time/durations.ts';
import type { ReceivablesStore } from '../store.ts';
import { attemptsMax, distanceMs } from './attempts.ts';
import { failForGood } from './note-failure.ts';
import type { Run } from './run.ts';

const runsPerPage = 100;
/** A run that nothing was heard of for so long broke off: no function lives longer. */
const silenceMs = 16 * MINUTE_MS;

/**
 * Hands on the runs of all tenants that wait for their next attempt, or broke off without a word, which is a failed attempt too;
 * the last one of those has failed for good. Answers what failed here.
 */
export async function resumeRuns(store: ReceivablesStore, now: Date): Promise<unknown[]> {
  const failures: unknown[] = [];
  let after: string | undefined;
  do {
    const { runs, next } = await store.listRunsUnderWay(after, runsPerPage);
    for (const run of runs) {
      try {
        await resume(store, run, now);
      } catch (error) {
        failures.push(error);
      }
    }
    after = next;
  } while (after !== undefined);
  return failures;
}

async function resume(store: ReceivablesStore, run: Run, now: Date): Promise<void> {
  const turn = run.turn + 1;
  if (run.retryAt !== undefined) {
    if (Date.parse(run.retryAt) <= now.getTime()) await replaceRun(store, run, { turn }, now);
    return;
  }
  if (now.getTime() - Date.parse(run.changedAt) < silenceMs + distanceMs(run.failures)) return;
  const failure = 'It broke off without a word: out of time or memory, or never begun.';
  const failures = run.failures + 1;
  if (failures >= attemptsMax) return failForGood(store, run, failure, now);
  await replaceRun(store, run, { turn, failures, failure }, now);
}
