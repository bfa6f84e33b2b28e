import { describeError, writeLog } from '../../../shared/http/log.ts';
import type { ReceivablesStore } from '../store.ts';
import { carryOnRun } from './carry-on-run.ts';
import { noteFailure } from './note-failure.ts';

/** Steps of a turn: some 20,000 receipts, a few minutes of the fifteen that a function lives. */
const stepsPerTurnMax = 100;

/**
 * Carries a run on by a turn, after which it is handed on where it has not ended. What fails is noted with the run, which is tried
 * again later. Told twice, or to two at once, it comes to the same. Throws where the failure could not be noted.
 */
export async function takeTurn(store: ReceivablesStore, tenant: string, runId: string, now: Date): Promise<void> {
  try {
    await carryOnRun(store, { tenant, runId, stepsMax: stepsPerTurnMax }, now);
  } catch (error) {
    writeLog({ level: 'ERROR', message: 'run not carried on', tenant, runId, error: describeError(error) });
    await noteFailure(store, { tenant, runId }, error, now);
  }
}
