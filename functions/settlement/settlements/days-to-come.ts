import { addDays, businessDateOf, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { firstRunOn } from '../clearing/first-run.ts';
import type { Market } from '../markets/market.ts';
import type { SettlementStore } from '../store.ts';
import { daysToLookAt } from './days-to-look-at.ts';

/**
 * The days of which something may still be paid, the earliest first: those before today that the next run looks at, however old they
 * are, and as many as asked for from today on.
 */
export async function daysToCome(
  store: Pick<SettlementStore, 'readLastRunDate' | 'listLateDays'>,
  { tenant, id: marketId, zone }: Pick<Market, 'tenant' | 'id' | 'zone'>,
  days: number,
  now: Date,
): Promise<PlainDate[]> {
  const today = businessDateOf(now, zone);
  const looked = await daysToLookAt(store, { tenant, marketId, businessDate: firstRunOn(now, zone) });
  const coming = Array.from({ length: days }, (_, place) => addDays(today, place));
  return [...looked.filter((date) => date < today), ...coming];
}
