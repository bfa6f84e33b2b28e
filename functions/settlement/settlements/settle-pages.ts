import { ended, gotOn, replaceRun } from '../../../shared/runs/replace-run.ts';
import { findMarket } from '../markets/keep-market.ts';
import type { Market } from '../markets/market.ts';
import type { PayoutTools } from '../tools.ts';
import { beginDays } from './close-days.ts';
import { PagesNotDoneError } from './pages-not-done.ts';
import { addRunFigures, leftMax, type Run, type RunPlace } from './run.ts';
import { settlePage } from './settle-page.ts';
import type { SumTools } from './split-sums.ts';
import { splitLeft } from './sum-pages.ts';

/**
 * Does the next page of a run. One that cannot be done whole is left until the others are, then done again until it can, and so are
 * sums that are left. Nothing where another carries the run on. Throws PagesNotDoneError where only such are left, or too many.
 */
export async function settlePages(tools: PayoutTools & SumTools, run: Run, now: Date): Promise<Run | undefined> {
  if (isFirst(run.place)) await beginDays(tools.store, run);
  const market = await findMarket(tools.store, run.tenant, run.marketId);
  const page = await settlePage(tools, market, run, run.place, now);
  if (!page) return settleLeft(tools, market, run, now);
  const { place, figures, next, errors } = page;
  if (errors.length > 0 && run.left.length >= leftMax) {
    throw new PagesNotDoneError({ merchants: run.left.length + 1, sums: 0 }, errors);
  }
  const left = errors.length > 0 ? [...run.left, place] : run.left;
  const on = { left, figures: addRunFigures(run.figures, figures), place: next ?? behindAll(run) };
  const isDone = !next && left.length + run.leftSums.length === 0;
  return replaceRun(tools.store, gotOn(run), { ...on, ...(isDone && ended(now)) }, now);
}

async function settleLeft(
  tools: PayoutTools & SumTools,
  market: Market,
  run: Run,
  now: Date,
): Promise<Run | undefined> {
  const left: RunPlace[] = [];
  const errors: unknown[] = [];
  let sums = run.figures;
  for (const from of run.left) {
    const page = await settlePage(tools, market, run, from, now);
    if (page && page.errors.length > 0) {
      left.push(from);
      errors.push(...page.errors);
    }
    if (page) sums = addRunFigures(sums, page.figures);
  }
  const { leftSums, errors: ofSums } = await splitLeft(tools, run, now);
  const on = { left, leftSums, figures: sums };
  const count = left.length + leftSums.length;
  if (count === 0) return replaceRun(tools.store, gotOn(run), { ...on, ...ended(now) }, now);
  if (count < run.left.length + run.leftSums.length) await replaceRun(tools.store, gotOn(run), on, now);
  throw new PagesNotDoneError({ merchants: left.length, sums: leftSums.length }, [...errors, ...ofSums]);
}

function isFirst({ day, group, after }: RunPlace): boolean {
  return day === 0 && group === 0 && after === undefined;
}

function behindAll({ days }: Run): RunPlace {
  return { day: days.length, group: 0 };
}
