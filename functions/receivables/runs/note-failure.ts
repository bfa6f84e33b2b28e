import { replaceRun } from '../../../shared/runs/replace-run.ts';
import type { ReceivablesStore } from '../store.ts';
import { attemptsMax, distanceMs, failed, reasonOf } from './attempts.ts';
import { addFigures, type Figures, noFigures } from './figures.ts';
import { figuresOfStanding } from './figures-of-standing.ts';
import { isUnderWay, type Run } from './run.ts';

interface Which {
  readonly tenant: string;
  readonly runId: string;
}

/**
 * Notes with a run that it did not get on: it waits, each time longer, and has failed for good at the last attempt. Nothing, where
 * it has ended.
 */
export async function noteFailure(
  store: ReceivablesStore,
  { tenant, runId }: Which,
  error: unknown,
  now: Date,
): Promise<void> {
  const run = await store.readRun(tenant, runId);
  if (!run || !isUnderWay(run)) return;
  const failures = run.failures + 1;
  const failure = reasonOf(error);
  if (failures >= attemptsMax) return failForGood(store, run, failure, now);
  const retryAt = new Date(now.getTime() + distanceMs(failures)).toISOString();
  await replaceRun(store, run, { failures, failure, retryAt }, now);
}

/** The result counts the block that it stopped in too, as it stands: what the run matched of it stays matched. */
export async function failForGood(store: ReceivablesStore, run: Run, reason: string, now: Date): Promise<void> {
  const failures = run.failures + 1;
  const stopped = await figuresOfStopped(store, run).catch(() => undefined);
  const without = stopped ? '' : ' The result leaves out the block that it stopped in, which could not be read.';
  const failure = `It was tried ${failures} times. ${reason}${without}`;
  const result = addFigures(run.result, stopped ?? noFigures);
  await replaceRun(store, run, { ...failed(failure, now), failures, result }, now);
}

async function figuresOfStopped(store: ReceivablesStore, run: Run): Promise<Figures> {
  if (run.state !== 'APPLYING') return noFigures;
  const decisions = await store.readRunBlock(run, run.blocksDone);
  return figuresOfStanding(
    store,
    run,
    decisions.map(({ decision }) => decision.receiptId),
  );
}
