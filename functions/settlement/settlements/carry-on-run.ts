import { findMarket } from '../markets/keep-market.ts';
import type { PayoutTools } from '../tools.ts';
import { closeDays } from './close-days.ts';
import { lookForDays } from './look-for-days.ts';
import { ended, gotOn, replaceRun } from './replace-run.ts';
import { addRunFigures, isUnderWay, type Run } from './run.ts';
import { settlePage } from './settle-page.ts';
import { splitSums } from './split-sums.ts';
import type { EndWaiting } from './waiting-orders.ts';
import { workOffAgenda } from './work-off-agenda.ts';

/** Which run, and how many steps of it are done before it is handed on. */
export interface CarryOn {
  readonly tenant: string;
  readonly runId: string;
  readonly stepsMax: number;
}

export interface RunTools extends PayoutTools {
  readonly endWaiting: EndWaiting;
}

/** After it worked off what waited, a run looks again: the shares of it take a moment to stand on their days. */
const looksMax = 5;
const lookAgainMs = 60_000;

/**
 * Carries a run on from where it stands: looks for days, closes them, splits their sums, and settles page after page; after its steps it is handed
 * on. Each step is done again after a kill, and comes to the same. Nothing, where another carries it on at the same time, or it
 * waits for its next attempt.
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
      return sumUp(tools, run, now);
    default:
      return settle(tools, run, now);
  }
}

async function look({ store, endWaiting }: RunTools, run: Run, now: Date): Promise<Run | undefined> {
  const looks = run.looks + 1;
  const waited = await workOffAgenda(store, endWaiting, run, now);
  if (waited > 0 && looks < looksMax) {
    const retryAt = new Date(now.getTime() + lookAgainMs).toISOString();
    return replaceRun(store, gotOn(run), { looks, waited: run.waited + waited, retryAt }, now);
  }
  const days = await lookForDays(store, run);
  const next = days.length === 0 ? ended(now) : { state: 'CLOSING' as const };
  return replaceRun(store, gotOn(run), { looks, days, ...next }, now);
}

async function sumUp(tools: RunTools, run: Run, now: Date): Promise<Run | undefined> {
  const next = await splitSums(tools, run, now);
  const goesOn = next ? { place: next } : ({ state: 'SETTLING', place: { day: 0, group: 0 } } as const);
  return replaceRun(tools.store, gotOn(run), goesOn, now);
}

async function settle(tools: RunTools, run: Run, now: Date): Promise<Run | undefined> {
  const market = await findMarket(tools.store, run.tenant, run.marketId);
  const { figures, next } = await settlePage(tools, market, run, now);
  const sums = addRunFigures(run.figures, figures);
  return replaceRun(tools.store, gotOn(run), { figures: sums, ...(next ? { place: next } : ended(now)) }, now);
}
