import { ended, gotOn, replaceRun } from '../../../shared/runs/replace-run.ts';
import { findMarket } from '../markets/keep-market.ts';
import type { Market } from '../markets/market.ts';
import type { PayoutTools } from '../tools.ts';
import { addRunFigures, type Run, type RunPlace } from './run.ts';
import { settlePage } from './settle-page.ts';

/** Pages that a run leaves for its end. Where more fail it is nothing of theirs, and the run waits. */
const leftMax = 10;

/** Pages of which some merchants could not be settled or paid; what caused it is in `errors`. */
export class PagesNotDoneError extends AggregateError {
  constructor(pages: number, errors: readonly unknown[]) {
    const which = pages === 1 ? 'a page' : `${pages} pages`;
    super(errors, `Merchants of ${which} could not be settled or paid; the others are.`);
  }
}

/**
 * Does the next page of a run. One that cannot be done whole is left until the others are, then done again until it can. Nothing
 * where another carries the run on. Throws PagesNotDoneError where only such are left, or too many.
 */
export async function settlePages(tools: PayoutTools, run: Run, now: Date): Promise<Run | undefined> {
  const market = await findMarket(tools.store, run.tenant, run.marketId);
  const page = await settlePage(tools, market, run, run.place, now);
  if (!page) return settleLeft(tools, market, run, now);
  const { place, figures, next, errors } = page;
  if (errors.length > 0 && run.left.length >= leftMax) throw new PagesNotDoneError(run.left.length + 1, errors);
  const left = errors.length > 0 ? [...run.left, place] : run.left;
  const on = { left, figures: addRunFigures(run.figures, figures), place: next ?? behindAll(run) };
  return replaceRun(tools.store, gotOn(run), { ...on, ...(!next && left.length === 0 && ended(now)) }, now);
}

async function settleLeft(tools: PayoutTools, market: Market, run: Run, now: Date): Promise<Run | undefined> {
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
  if (left.length === 0) return replaceRun(tools.store, gotOn(run), { left, figures: sums, ...ended(now) }, now);
  if (left.length < run.left.length) await replaceRun(tools.store, gotOn(run), { left, figures: sums }, now);
  throw new PagesNotDoneError(left.length, errors);
}

function behindAll({ days }: Run): RunPlace {
  return { day: days.length, group: 0 };
}
