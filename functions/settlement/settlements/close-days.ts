import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { dayKey } from '../journal/transaction.ts';
import type { SettlementStore } from '../store.ts';
import type { Run } from './run.ts';

/** Closes the days of a run, each once: what comes for them from then on is in a settlement of its own. */
export async function closeDays(
  store: Pick<SettlementStore, 'readSequences' | 'closeDay'>,
  { tenant, marketId, days }: Pick<Run, 'tenant' | 'marketId' | 'days'>,
): Promise<void> {
  for (const { date, sequence } of days) {
    await decideAndWrite(async () => {
      const day = { tenant, marketId, date, group: 0 };
      const isClosed = ((await store.readSequences([day])).get(dayKey(day)) ?? 0) > sequence;
      if (isClosed) return { answer: undefined };
      return { answer: undefined, write: () => store.closeDay(tenant, marketId, date, sequence) };
    });
  }
}

/** Notes that merchants are settled on the days of a run from now on: shares of sums that are split later go to later settlements. */
export async function beginDays(
  store: Pick<SettlementStore, 'noteBegun'>,
  { tenant, marketId, days }: Pick<Run, 'tenant' | 'marketId' | 'days'>,
): Promise<void> {
  await Promise.all(days.map(({ date, sequence }) => store.noteBegun({ tenant, marketId, date, sequence })));
}
