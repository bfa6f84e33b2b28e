import { describeError, writeLog } from '../../../shared/http/log.ts';
import { replaceRun } from '../../../shared/runs/replace-run.ts';
import type { SettlementStore } from '../store.ts';
import { carryOnRun, type RunTools } from './carry-on-run.ts';
import { PagesNotDoneError } from './pages-not-done.ts';
import { isUnderWay } from './run.ts';

/** Steps of a turn: some 5,000 merchants, a few minutes of the fifteen that a function lives. */
const stepsPerTurnMax = 100;
const firstWaitMs = 60_000;
const waitMaxMs = 3_600_000;

/**
 * Carries a run on by a turn, after which it is handed on where it has not ended. What fails is noted with the run, which is tried
 * again later. Told twice, or to two at once, it comes to the same. Throws where the failure could not be noted.
 */
export async function takeTurn(tools: RunTools, tenant: string, runId: string, now: Date): Promise<void> {
  try {
    await carryOnRun(tools, { tenant, runId, stepsMax: stepsPerTurnMax }, now);
  } catch (error) {
    writeLog({ level: 'ERROR', message: 'settlement run not carried on', tenant, runId, error: describeError(error) });
    await noteFailure(tools.store, { tenant, runId }, error, now);
  }
}

/** The run waits, each time longer, an hour at most. Nothing where it has ended. */
async function noteFailure(
  store: Pick<SettlementStore, 'readRun' | 'replaceRun'>,
  { tenant, runId }: { readonly tenant: string; readonly runId: string },
  error: unknown,
  now: Date,
): Promise<void> {
  const run = await store.readRun(tenant, runId);
  if (!run || !isUnderWay(run)) return;
  const failures = run.failures + 1;
  const wait = Math.min(waitMaxMs, firstWaitMs * 2 ** Math.min(run.failures, 10));
  const retryAt = new Date(now.getTime() + wait).toISOString();
  await replaceRun(store, run, { failures, failure: reasonOf(error), retryAt }, now);
}

/** As its owner may read it. What nobody foresaw is in the log alone. */
function reasonOf(error: unknown): string {
  return error instanceof PagesNotDoneError
    ? error.message
    : 'Something unforeseen stopped it; the log has it under the id of the run.';
}
