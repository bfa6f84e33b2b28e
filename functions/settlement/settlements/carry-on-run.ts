import { ended, gotOn, replaceRun } from '../../../shared/runs/replace-run.ts';
import type { JournalingStore } from '../store.ts';
import type { PayoutTools } from '../tools.ts';
import { closeDays } from './close-days.ts';
import { lookForDays } from './look-for-days.ts';
import { isUnderWay, type Run } from './run.ts';
import { settlePages } from './settle-pages.ts';
import { sumPages } from './sum-pages.ts';
import type { EndWaiting } from './waiting-orders.ts';
import { workOffAgenda } from './work-off-agenda.ts';

/** Which run, and how many steps of it are done before it is handed on. */
export interface CarryOn {
  readonly tenant: string;
  readonly runId: string;
  readonly stepsMax: number;
}

export interface RunTools extends PayoutTools {
  /** A run books what it splits of sums. */
  readonly store: JournalingStore;
  readonly endWaiting: EndWaiting;
}

/** After it split what waited, a run looks again: the shares of it take a moment to stand on their days. */
const looksMax = 5;
const lookAgainMs = 60_000;

/**
 * Carries a run on from where it stands: looks for days, closes them, splits their sums, and settles page after page; after its
 * steps it is handed on. Each step is done again after a kill, and comes to the same. Nothing, where another carries it on at the
 * same time, or it waits for its next attempt.
 */
export async function carryOnRun(tools: RunTools, { tenant, runId, stepsMax }: CarryOn, now: Date): Promise<void> {
  const { store } = tools;
  let run = await store.readRun(tenant, runId);
  for (let steps = 0; run && isUnderWay(run) && steps < stepsMax; steps++) {
    if (run.retryAt !== undefined && Date.parse(run.retryAt) > now.getTime()) return;
    run = await takeStep(tools, run, now);
  }
  if (run && isUnderWay(run)) await replaceRun(store, run, { turn: run.turn + 1 }, now);
}

async function takeStep(tools: RunTools, run: Run, now: Date): Promise<Run | undefined> {
  switch (run.state) {
    case 'LOOKING':
      return look(tools, run, now);
    case 'CLOSING':
      await closeDays(tools.store, run);
      return replaceRun(tools.store, gotOn(run), { state: 'SUMMING' }, now);
    case 'SUMMING':
      return sumPages(tools, run, now);
    default:
      return settlePages(tools, run, now);
  }
}

async function look({ store, endWaiting }: RunTools, run: Run, now: Date): Promise<Run | undefined> {
  const { look: before, ...looked } = gotOn(run);
  const rest: Run = looked;
  const { ended: worked, next: place } = await workOffAgenda(store, endWaiting, run, before, now);
  const split = (before?.split ?? 0) + worked;
  const waited = run.waited + worked;
  if (place) return replaceRun(store, rest, { waited, look: { ...place, split } }, now);
  const looks = run.looks + 1;
  if (split > 0 && looks < looksMax) {
    const retryAt = new Date(now.getTime() + lookAgainMs).toISOString();
    return replaceRun(store, rest, { looks, waited, retryAt }, now);
  }
  const days = await lookForDays(store, run);
  const next = days.length === 0 ? ended(now) : { state: 'CLOSING' as const };
  return replaceRun(store, rest, { looks, waited, days, ...next }, now);
}
