import { addDays, daysBetween, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { SettlementStore } from '../store.ts';
import type { Run } from './run.ts';

/** Days before its own that a run looks at of itself. */
const lookBackDays = 31;
/** A run may have looked before what was noted on its day, on a clock that is not the market's. */
const notedAgainDays = 2;

/**
 * The days up to the run's own on which there may be something to settle, the earliest first: those since some time before the
 * last run, however long ago that was, and those for which lines came late since then, however old they are.
 */
export async function daysToLookAt(
  store: Pick<SettlementStore, 'readLastRunDate' | 'listLateDays'>,
  { tenant, marketId, businessDate }: Pick<Run, 'tenant' | 'marketId' | 'businessDate'>,
): Promise<PlainDate[]> {
  const last = await store.readLastRunDate(tenant, marketId, businessDate);
  const from = addDays(last ?? businessDate, -lookBackDays);
  const count = daysBetween(from, businessDate) + 1;
  const noted = await store.listLateDays(tenant, marketId, last === undefined ? '' : addDays(last, -notedAgainDays));
  const late = noted.filter((date) => date < from).sort();
  return [...new Set(late), ...Array.from({ length: count }, (_, place) => addDays(from, place))];
}
