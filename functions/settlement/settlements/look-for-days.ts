import pLimit from 'p-limit';
import { journalGroups } from '../journal/groups.ts';
import { type DayRef, dayKey } from '../journal/transaction.ts';
import type { SettlementStore } from '../store.ts';
import { daysToLookAt } from './days-to-look-at.ts';
import type { Run, RunDay } from './run.ts';

const readsAtOnce = 16;

/** The days up to the run's own on which there are lines of merchants that are in no settlement yet, the earliest first. */
export async function lookForDays(
  store: Pick<SettlementStore, 'readSequences' | 'readMerchantTotals' | 'readLastRunDate' | 'listLateDays'>,
  run: Pick<Run, 'tenant' | 'marketId' | 'businessDate'>,
): Promise<RunDay[]> {
  const limit = pLimit(readsAtOnce);
  const { tenant, marketId } = run;
  const dates = await daysToLookAt(store, run);
  // All groups of a day are closed together: one of them tells.
  const first = dates.map((date): DayRef => ({ tenant, marketId, date, group: 0 }));
  const sequences = await store.readSequences(first);
  const days = await Promise.all(
    first.map(async (day) => {
      const sequence = sequences.get(dayKey(day)) ?? 0;
      const groups = Array.from({ length: journalGroups }, (_, group) => ({ ...day, group }));
      const found = await Promise.all(
        groups.map((one) => limit(() => store.readMerchantTotals(one, sequence, undefined, 1))),
      );
      return found.some(({ totals }) => totals.length > 0) ? [{ date: day.date, sequence }] : [];
    }),
  );
  return days.flat();
}
