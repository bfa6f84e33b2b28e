import { describeError, writeLog } from '../../../shared/http/log.ts';
import { NotAnsweredError } from '../../../shared/problems/lasting-answers.ts';
import { replaceRun } from '../../../shared/runs/replace-run.ts';
import type { NettingStore } from '../store.ts';
import type { SettlingTools } from '../tools.ts';
import { carryOnResolution, type ResolutionName } from './carry-on.ts';
import { isUnderWay } from './resolution.ts';

/** Steps of a turn: each round has two. */
const stepsPerTurnMax = 20;
const firstWaitMs = 60_000;
const waitMaxMs = 3_600_000;
const resolutionsPerPage = 100;
/** One that nothing was heard of for so long broke off: no function lives longer. */
const silenceMs = 16 * 60_000;

/**
 * Carries a resolution on by a turn, after which it is handed on where it has not ended. What fails is noted with it, and it is tried
 * again later. Told twice, or to two at once, it comes to the same. Throws where the failure could not be noted.
 */
export async function takeTurn(tools: SettlingTools, which: ResolutionName, now: Date): Promise<void> {
  try {
    await carryOnResolution(tools, which, stepsPerTurnMax, now);
  } catch (error) {
    writeLog({ level: 'ERROR', message: 'resolution not carried on', ...which, error: describeError(error) });
    await noteFailure(tools.store, which, error, now);
  }
}

/** It waits, each time longer, an hour at most. Nothing where it has ended. */
async function noteFailure(
  store: Pick<NettingStore, 'readResolution' | 'replaceRun'>,
  { tenant, resolutionId }: ResolutionName,
  error: unknown,
  now: Date,
): Promise<void> {
  const resolution = await store.readResolution(tenant, resolutionId);
  if (!resolution || !isUnderWay(resolution)) return;
  const failures = resolution.failures + 1;
  const wait = Math.min(waitMaxMs, firstWaitMs * 2 ** Math.min(resolution.failures, 10));
  const retryAt = new Date(now.getTime() + wait).toISOString();
  await replaceRun(store, resolution, { failures, failure: reasonOf(error), retryAt }, now);
}

/** As its owner may read it. What nobody foresaw is in the log alone. */
function reasonOf(error: unknown): string {
  return error instanceof NotAnsweredError
    ? `The ledger did not take it yet: ${error.message}`
    : 'Something unforeseen stopped it; the log has it under the id of the resolution.';
}

/** Hands on the resolutions of all tenants that are due for their next attempt, or broke off without a word. */
export async function resumeResolutions(
  store: Pick<NettingStore, 'listResolutionsUnderWay' | 'replaceRun'>,
  now: Date,
): Promise<undefined> {
  let after: string | undefined;
  do {
    const { resolutions, next } = await store.listResolutionsUnderWay(after, resolutionsPerPage);
    for (const one of resolutions) {
      const { retryAt, changedAt } = one;
      const isDue =
        retryAt === undefined
          ? now.getTime() - Date.parse(changedAt) >= silenceMs
          : Date.parse(retryAt) <= now.getTime();
      if (isUnderWay(one) && isDue) await replaceRun(store, one, { turn: one.turn + 1 }, now);
    }
    after = next;
  } while (after !== undefined);
}
