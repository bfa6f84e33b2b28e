import { general } from '../../../shared/problems/general.ts';
import { Problem } from '../../../shared/problems/problem.ts';
import { MINUTE_MS } from '../../../shared/time/durations.ts';
import { nextSettlement } from '../interest/settlement-periods.ts';
import { scheduleCause } from '../pool.ts';
import type { PoolingTools } from '../tools.ts';
import type { Refusal } from './interest-run.ts';
import { writeOnce } from './interest-writes.ts';
import { settleRefusedLines } from './settle-refused-lines.ts';
import { type DueSettlement, movedOn, restMs, triedAt } from './settlement.ts';
import { type InterestRequest, interestRunIdOf, startInterestRun } from './start-interest-run.ts';

/** After which a run that was refused is tried again; until then others have their turn. */
const retryMs = 10 * MINUTE_MS;

/**
 * Starts the interest run of the period whose settlement day is over. The period follows from the last one that was computed,
 * so it stays due until that is done, whoever does it and whatever breaks off; then the next one waits for its time. Periods
 * that are overdue are run one after the other. What cannot be started stays due with its reason and is tried again. Until the
 * next period is due, the lines that the ledger refused in the last run are tried again.
 */
export async function startDueInterest(
  tools: PoolingTools,
  { tenant, ownerId }: Pick<DueSettlement, 'tenant' | 'ownerId'>,
  now: Date,
): Promise<void> {
  const { store } = tools;
  const due = await store.readSettlement(tenant, ownerId);
  if (!due) return;
  const head = await store.readInterestHead(tenant, ownerId);
  const period = nextSettlement(due.settlementDay, head?.to);
  const at = now.toISOString();
  if (period.at > at) {
    const next = await settleRefusedLines(tools, due, movedOn(due, period), head, now);
    return await note(tools, next, due);
  }
  const { from, to } = period;
  const request = { tenant, ownerId, from, to, startedBy: 'SCHEDULE' as const, cause: scheduleCause };
  const refusal = await tryToStart(tools, request, now);
  const isMendedByWaiting = !refusal || refusal.code === general['conflict-retry'].code;
  const lookAt = new Date(now.getTime() + (isMendedByWaiting ? restMs : retryMs)).toISOString();
  await note(tools, triedAt(due, period, refusal, { at, lookAt }), due);
}

/** Why the run could not be started; or why an earlier try ended without figures, which is then begun again. */
async function tryToStart(tools: PoolingTools, request: InterestRequest, now: Date): Promise<Refusal | undefined> {
  const earlier = await tools.store.readInterestRun(request.tenant, interestRunIdOf(request));
  if (earlier && earlier.status !== 'FAILED') return undefined;
  try {
    await startInterestRun(tools, request, now);
    return earlier?.problem;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { code: error.code, detail: error.fields.detail };
  }
}

/** Where the item was changed meanwhile, by new terms or by another that looked at it, that stands. */
async function note({ store }: PoolingTools, next: DueSettlement, read: DueSettlement): Promise<void> {
  await writeOnce(store, [store.replaceSettlement(next, read)]);
}
