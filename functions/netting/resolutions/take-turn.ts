import { describeError, writeLog } from '../../../shared/http/log.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { replaceRun } from '../../../shared/runs/replace-run.ts';
import { eachDue } from '../each-due.ts';
import { reasonOf } from '../ledger-answers.ts';
import { retryAfter, silenceAfter } from '../settling/times.ts';
import type { NettingStore } from '../store.ts';
import type { SettlingTools } from '../tools.ts';
import { carryOnResolution, type ResolutionName } from './carry-on.ts';
import { isUnderWay, type Resolution } from './resolution.ts';

/** Steps of a turn: each round has two. */
const stepsPerTurnMax = 20;
const resolutionsPerPage = 100;

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
  const failed = { failures, failure: reasonOf(error, 'resolution'), retryAt: retryAfter(failures, now) };
  await replaceRun(store, resolution, failed, now);
}

/**
 * Hands on the resolutions of all tenants that are due for their next attempt, or broke off without a word. One that fails keeps no
 * other from its turn; answers what failed.
 */
export function resumeResolutions(
  store: Pick<NettingStore, 'listResolutionsUnderWay' | 'replaceRun'>,
  now: Date,
): Promise<unknown[]> {
  return eachDue({
    readPage: async (after) => {
      const { resolutions, next } = await store.listResolutionsUnderWay(after, resolutionsPerPage);
      return { due: resolutions.filter((one) => isDue(one, now)), ...defined({ next }) };
    },
    seeTo: (one) => replaceRun(store, one, { turn: one.turn + 1 }, now),
    failed: 'resolution not handed on',
    nameOf: ({ tenant, id }) => ({ tenant, resolutionId: id }),
  });
}

function isDue(resolution: Resolution, now: Date): boolean {
  const { retryAt, changedAt } = resolution;
  const dueAt = retryAt ?? silenceAfter(new Date(changedAt));
  return isUnderWay(resolution) && dueAt <= now.toISOString();
}
