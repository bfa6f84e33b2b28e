import type { OpenWork } from '../store-runs.ts';
import type { PoolingTools } from '../tools.ts';
import { bookInterest } from './book-interest.ts';
import { computeInterestRun } from './compute-interest-run.ts';
import { interestRunFromPlain, isUnderWay } from './interest-items.ts';
import type { InterestRun } from './interest-run.ts';
import { writeOnce } from './interest-writes.ts';

/** Steps from begun to ended, and one to see that another was faster at each. */
const stepsMax = 4;

/**
 * Takes an interest run to its end from wherever the table says that it stands: compute, fix the lines, book, close. Killed
 * at any point and taken up again, or carried out by two at once, it ends the same. What it throws is to be tried again.
 */
export async function carryOutInterestRun(
  tools: PoolingTools,
  { tenant, id }: Pick<InterestRun, 'tenant' | 'id'>,
  now: Date,
): Promise<void> {
  for (let step = 1; step <= stepsMax; step++) {
    const run = await tools.store.readInterestRun(tenant, id);
    if (!run || !isUnderWay(run)) return;
    if (run.status === 'COMPUTING') await computeInterestRun(tools, run, now);
    else await bookAndEnd(tools, run, now);
  }
}

/** The same for an item of the stream or of the index of open work. */
export async function resumeInterestRun(
  tools: PoolingTools,
  { tenant, item }: Pick<OpenWork, 'tenant' | 'item'>,
  now: Date,
): Promise<void> {
  const { id } = interestRunFromPlain(item);
  await carryOutInterestRun(tools, { tenant, id }, now);
}

async function bookAndEnd(tools: PoolingTools, run: InterestRun, now: Date): Promise<void> {
  const { store } = tools;
  const ended = await bookInterest(tools, run, now);
  const status = ended.failed > 0 ? 'PARTIAL' : 'COMPLETED';
  await writeOnce(store, [store.replaceInterestRun({ ...run, status, ended, changedAt: ended.at }, run)]);
}
