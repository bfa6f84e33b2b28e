import { addDays, businessDateOf, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { SettlementStore } from '../store.ts';
import type { DayRef } from './transaction.ts';

/** Days after which lines for a day are late: far fewer than a run looks back of itself, so that none lies between. */
export const lateAfterDays = 14;

/**
 * Notes days for which lines come late, before they are written: a run looks at these whatever their age. Noted again it is the
 * same, and where the lines do not follow a run finds nothing on the day.
 */
export async function noteLateDays(
  store: Pick<SettlementStore, 'noteLateDay'>,
  days: readonly DayRef[],
  now: Date,
): Promise<void> {
  const writtenOn = businessDateOf(now);
  const lateBefore = addDays(writtenOn, -lateAfterDays);
  const late = new Map<string, { readonly tenant: string; readonly marketId: string; readonly date: PlainDate }>();
  for (const { tenant, marketId, date } of days) {
    if (date < lateBefore) late.set(`${tenant} ${marketId} ${date}`, { tenant, marketId, date });
  }
  await Promise.all([...late.values()].map((day) => store.noteLateDay(day, writtenOn)));
}
