import { gotOn, replaceRun } from '../../../shared/runs/replace-run.ts';
import { PagesNotDoneError } from './pages-not-done.ts';
import { leftMax, type Run, type RunPlace } from './run.ts';
import { type SumTools, splitSums } from './split-sums.ts';

/** What could not be split of the pages that are left, when they were tried once more. */
export interface SumsLeft {
  readonly leftSums: readonly RunPlace[];
  readonly errors: readonly unknown[];
}

/**
 * Splits the next page of sums of a run. One that cannot be split whole is left until the others are, and is tried once more before
 * merchants are settled. What cannot be split even then stands in nobody's way: the run tries it again at its end, and its shares are
 * in a settlement of their own. Nothing where another carries the run on. Throws PagesNotDoneError where too many are left.
 */
export async function sumPages(tools: SumTools, run: Run, now: Date): Promise<Run | undefined> {
  const page = await splitSums(tools, run, run.place, now);
  if (!page) {
    const { leftSums } = await splitLeft(tools, run, now);
    return replaceRun(tools.store, gotOn(run), { ...settling, leftSums }, now);
  }
  const { place, next, errors } = page;
  if (errors.length > 0 && run.leftSums.length >= leftMax) {
    throw new PagesNotDoneError({ merchants: 0, sums: run.leftSums.length + 1 }, errors);
  }
  const leftSums = errors.length > 0 ? [...run.leftSums, place] : run.leftSums;
  const behind = leftSums.length > 0 ? { place: { day: run.days.length, group: 0 } } : settling;
  return replaceRun(tools.store, gotOn(run), { leftSums, ...(next ? { place: next } : behind) }, now);
}

const settling = { state: 'SETTLING', place: { day: 0, group: 0 } } as const;

/** Tries the pages of sums again that are left. Those of it that are split already stay as they are. */
export async function splitLeft(tools: SumTools, run: Run, now: Date): Promise<SumsLeft> {
  const leftSums: RunPlace[] = [];
  const errors: unknown[] = [];
  for (const from of run.leftSums) {
    const page = await splitSums(tools, run, from, now);
    if (!page || page.errors.length === 0) continue;
    leftSums.push(from);
    errors.push(...page.errors);
  }
  return { leftSums, errors };
}
