import type { ReceivablesStore } from '../store.ts';
import { carryOnRun } from './carry-on-run.ts';

const runsPerPage = 100;
/** A run that nothing was heard of for so long broke off: no function lives longer. */
const silenceMs = 16 * 60_000;
/** Of each: some 20,000 receipts. */
const stepsMax = 100;

/** Carries on the runs of all tenants that broke off; answers what failed. */
export async function resumeRuns(store: ReceivablesStore, now: Date): Promise<unknown[]> {
  const failures: unknown[] = [];
  let after: string | undefined;
  do {
    const { runs, next } = await store.listRunsUnderWay(after, runsPerPage);
    for (const { tenant, id: runId, changedAt } of runs) {
      if (now.getTime() - Date.parse(changedAt) < silenceMs) continue;
      try {
        await carryOnRun(store, { tenant, runId, stepsMax }, now);
      } catch (error) {
        failures.push(error);
      }
    }
    after = next;
  } while (after !== undefined);
  return failures;
}
