import { describeError, writeLog } from '../../../shared/http/log.ts';
import { advance } from '../cycles/advance.ts';
import type { Cycle } from '../cycles/cycle.ts';
import { reasonOf } from '../ledger-answers.ts';
import type { NettingStore } from '../store.ts';
import type { CycleTools } from '../tools.ts';
import { postStep, releaseStep } from './end-steps.ts';
import { holdStep, planStep } from './hold-steps.ts';
import type { Settling } from './settling.ts';
import { retryAfter, silenceAfter } from './times.ts';

/** Which settlement, and how many steps of it are done before it is handed on. */
export interface CarryOnSettling {
  readonly tenant: string;
  readonly cycleId: string;
  readonly stepsMax: number;
}

/**
 * Carries the settlement of a cycle on from where it stands: sets aside what its legs need, posts it, and makes it SETTLED; or gives
 * it free. Each step is done again after a kill and comes to the same. Nothing, where another carries it on at the same time, or it
 * waits. What fails is noted with the cycle, and it is tried again later. Throws where that could not be noted.
 */
export async function carryOnSettling(tools: CycleTools, which: CarryOnSettling, now: Date): Promise<void> {
  try {
    await takeSteps(tools, which, now);
  } catch (error) {
    const { tenant, cycleId } = which;
    writeLog({ level: 'ERROR', message: 'cycle not settled', tenant, cycleId, error: describeError(error) });
    await noteFailure(tools.store, which, error, now);
  }
}

async function takeSteps(tools: CycleTools, { tenant, cycleId, stepsMax }: CarryOnSettling, now: Date): Promise<void> {
  let cycle = await tools.store.readCycle(tenant, cycleId);
  for (let steps = 0; cycle?.settling && !cycle.settling.isWaiting; steps++) {
    const { settling } = cycle;
    if (steps >= stepsMax) {
      const handedOn = { ...settling, turn: settling.turn + 1, askAgainAt: silenceAfter(now) };
      await advance(tools.store, cycle, { settling: handedOn }, now);
      return;
    }
    cycle = await takeStep(tools, cycle, gotOn(settling), now);
  }
}

/** As it stands afterwards; nothing where another was faster. */
function takeStep(tools: CycleTools, cycle: Cycle, settling: Settling, now: Date): Promise<Cycle | undefined> {
  switch (settling.state) {
    case 'HOLDING':
      return settling.plan ? holdStep(tools, cycle, settling, now) : planStep(tools, cycle, settling, now);
    case 'POSTING':
      return postStep(tools, cycle, settling, now);
    case 'RELEASING':
      return releaseStep(tools, cycle, settling, now);
  }
}

/** What failed before counts no more once a step is done. */
function gotOn({ failure: _, ...settling }: Settling): Settling {
  return { ...settling, failures: 0 };
}

async function noteFailure(
  store: Pick<NettingStore, 'readCycle' | 'replaceCycle'>,
  { tenant, cycleId }: CarryOnSettling,
  error: unknown,
  now: Date,
): Promise<void> {
  const cycle = await store.readCycle(tenant, cycleId);
  if (!cycle?.settling) return;
  const failures = cycle.settling.failures + 1;
  const settling = {
    ...cycle.settling,
    failures,
    failure: reasonOf(error, 'cycle'),
    askAgainAt: retryAfter(failures, now),
  };
  await advance(store, cycle, { settling }, now);
}
