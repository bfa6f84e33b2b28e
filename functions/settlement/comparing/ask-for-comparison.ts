import { addDays } from '../../../shared/calendar/plain-date.ts';
import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import { findChannel } from '../channels/keep-channel.ts';
import { findMarket } from '../markets/keep-market.ts';
import { problems } from '../problems.ts';
import type { SettlementStore } from '../store.ts';
import type { ComparedDayRef, Comparison } from './comparison.ts';

/**
 * Asks that a day is compared, once more where it was before; it goes on in the background. Problems:
 * `settlement/market-not-found`, `settlement/channel-not-found`, `settlement/channel-file-missing`; and those of decideAndWrite.
 */
export async function askForComparison(
  store: SettlementStore,
  day: ComparedDayRef,
  cause: Cause,
  at: string,
): Promise<Comparison> {
  const { tenant, marketId, channelId, businessDate } = day;
  await findMarket(store, tenant, marketId);
  await findChannel(store, { tenant, marketId, channelId });
  const files = await store.readStandingFiles(tenant, marketId, channelId, { from: businessDate, to: businessDate });
  if (files.length === 0) {
    const detail = `No file of ${channelId} stands for ${businessDate}.`;
    throw problems['channel-file-missing'].with({ detail, channelId, businessDate });
  }
  return decideAndWrite(async () => {
    const before = await store.readComparison(day);
    const { asked = 0, revision = 0, ...rest } = before ?? { done: 0, turns: 0 };
    const next: Comparison = {
      ...{ ...rest, tenant, marketId, channelId, businessDate },
      ...{ asked: asked + 1, revision: revision + 1, changedAt: at, cause },
    };
    return { answer: next, write: () => store.writeComparison(next) };
  });
}

/**
 * Asks for what a file that has come in bears on: its own day, and the days beside it that were compared before, since what was
 * missing there may only be late. Problems: those of askForComparison.
 */
export async function askAfterFile(
  store: SettlementStore,
  day: ComparedDayRef,
  cause: Cause,
  at: string,
): Promise<void> {
  await askForComparison(store, day, cause, at);
  for (const days of [-1, 1]) {
    const beside = { ...day, businessDate: addDays(day.businessDate, days) };
    if (await store.readComparison(beside)) await askForComparison(store, beside, cause, at);
  }
}

/** Problem: `settlement/comparison-not-found`. */
export async function findComparison(
  store: Pick<SettlementStore, 'readComparison'>,
  day: ComparedDayRef,
): Promise<Comparison> {
  const comparison = await store.readComparison(day);
  if (comparison) return comparison;
  const detail = `${day.businessDate} of ${day.channelId} was never compared.`;
  throw problems['comparison-not-found'].with({ detail });
}
