import { replaceRun } from '../../../shared/runs/replace-run.ts';
import type { SettlingTools } from '../tools.ts';
import { decideStep } from './decide-step.ts';
import { isUnderWay, type Resolution } from './resolution.ts';
import { settleStep } from './settle-step.ts';

export interface ResolutionName {
  readonly tenant: string;
  readonly resolutionId: string;
}

/**
 * Carries a resolution on from where it stands: decides, settles what was decided, and decides again where the ledger refused; after
 * its steps it is handed on. Each step is done again after a kill, and comes to the same. Nothing, where another carries it on at
 * the same time, or it waits for its next attempt. Throws what the ledger and DynamoDB throw.
 */
export async function carryOnResolution(
  tools: SettlingTools,
  { tenant, resolutionId }: ResolutionName,
  stepsMax: number,
  now: Date,
): Promise<void> {
  const { store } = tools;
  let resolution = await store.readResolution(tenant, resolutionId);
  for (let steps = 0; resolution && isUnderWay(resolution) && steps < stepsMax; steps++) {
    if (resolution.retryAt !== undefined && Date.parse(resolution.retryAt) > now.getTime()) return;
    resolution = await takeStep(tools, resolution, now);
  }
  if (resolution && isUnderWay(resolution)) {
    await replaceRun(store, resolution, { turn: resolution.turn + 1 }, now);
  }
}

/** As it stands afterwards; nothing where another was faster. */
function takeStep(tools: SettlingTools, resolution: Resolution, now: Date): Promise<Resolution | undefined> {
  return resolution.state === 'DECIDING' ? decideStep(tools, resolution, now) : settleStep(tools, resolution, now);
}
