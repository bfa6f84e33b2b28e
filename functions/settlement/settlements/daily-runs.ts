import { localMomentOf } from '../../../shared/calendar/local-time.ts';
import { describeError, writeLog } from '../../../shared/http/log.ts';
import { runsAt } from '../clearing/first-run.ts';
import type { SettlementStore } from '../store.ts';
import { startDaily } from './start-run.ts';

const marketsPerPage = 100;

/**
 * Starts the day's run of every market on which it is time, on its own clock, once. Every day has one: on which days lines are due
 * follows from the calendars of their rules, and those of natural days are paid on days off too. A day without a run is made
 * good by the next. A market that fails keeps no other from its turn; answers what failed.
 */
export async function startDailyRuns(
  store: Pick<SettlementStore, 'listAllMarkets' | 'readRunNumber' | 'createRun'>,
  now: Date,
): Promise<unknown[]> {
  const failures: unknown[] = [];
  let after: string | undefined;
  do {
    const { markets, next } = await store.listAllMarkets(after, marketsPerPage);
    for (const market of markets) {
      const { date, time } = localMomentOf(now, market.zone);
      if (time < runsAt) continue;
      try {
        await startDaily(store, market, date, now);
      } catch (error) {
        failures.push(error);
        const { tenant, id: marketId } = market;
        writeLog({ level: 'ERROR', message: 'daily run not started', tenant, marketId, error: describeError(error) });
      }
    }
    after = next;
  } while (after !== undefined);
  return failures;
}
