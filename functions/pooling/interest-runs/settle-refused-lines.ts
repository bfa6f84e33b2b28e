import { DAY_MS, HOUR_MS } from '../../../shared/time/durations.ts';
import { scheduleCause } from '../pool.ts';
import type { InterestHead } from '../store-interest-runs.ts';
import type { PoolingTools } from '../tools.ts';
import { isUnderWay } from './interest-items.ts';
import type { InterestRun } from './interest-run.ts';
import { type DueSettlement, lookedAtAgain, restMs, unsettledBy } from './settlement.ts';
import { startInterestRun } from './start-interest-run.ts';

/**
 * What waits until the next period is due, once the last run has been looked at. As long as the ledger refuses lines of a run
 * that the settlement day started, these are tried again, as when a call asks for the run again: each hour of the first day, then
 * once a day. That is at an end when the run is complete, or when the next period is due; the run can be asked for by a call
 * then as before. A run that a call started is left to whoever made it.
 *
 * @param waiting The same item for the period that is next, with nothing known of the last run.
 */
export async function settleRefusedLines(
  tools: PoolingTools,
  due: DueSettlement,
  waiting: DueSettlement,
  head: InterestHead | undefined,
  now: Date,
): Promise<DueSettlement> {
  const last = head && (await tools.store.readInterestRun(due.tenant, head.runId));
  if (last?.startedBy !== 'SCHEDULE') return waiting;
  const known = due.unsettled?.runId === last.id ? due.unsettled : undefined;
  const kept = { ...waiting, ...(known && { unsettled: known }) };
  if (isUnderWay(last)) return lookedAtAgain(kept, now, restMs);
  if (last.status !== 'PARTIAL') return waiting;
  if (known?.attempt === last.attempt) {
    await tryAgain(tools, last, now);
    return lookedAtAgain(kept, now, restMs);
  }
  const unsettled = unsettledBy(due, last, known?.since ?? now.toISOString());
  const isOfToday = now.getTime() - Date.parse(unsettled.since) < DAY_MS;
  return lookedAtAgain({ ...waiting, unsettled }, now, isOfToday ? HOUR_MS : DAY_MS);
}

async function tryAgain(tools: PoolingTools, { tenant, ownerId, from, to }: InterestRun, now: Date): Promise<void> {
  await startInterestRun(tools, { tenant, ownerId, from, to, startedBy: 'SCHEDULE', cause: scheduleCause }, now);
}
