import { replaceRun } from '../../../shared/runs/replace-run.ts';
import type { ResumingStore } from '../store.ts';
import type { Run } from './run.ts';

const runsPerPage = 100;
/** A run that nothing was heard of for so long broke off: no function lives longer. */
const silenceMs = 16 * 60_000;

/** Hands on the runs of all tenants that are due for their next attempt, or broke off without a word. */
export async function resumeRuns(
  store: Pick<ResumingStore, 'listRunsUnderWay' | 'replaceRun'>,
  now: Date,
): Promise<void> {
  let after: string | undefined;
  do {
    const { runs, next } = await store.listRunsUnderWay(after, runsPerPage);
    for (const run of runs) {
      if (isDue(run, now)) await replaceRun(store, run, { turn: run.turn + 1 }, now);
    }
    after = next;
  } while (after !== undefined);
}

function isDue({ retryAt, changedAt }: Run, now: Date): boolean {
  if (retryAt !== undefined) return Date.parse(retryAt) <= now.getTime();
  return now.getTime() - Date.parse(changedAt) >= silenceMs;
}
