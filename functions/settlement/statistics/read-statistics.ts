import { addDays, daysBetween, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Owner } from '../journal/entry.ts';
import { addFigures, type Figures, isSameFigures, noFigures } from '../journal/figures.ts';
import type { SettlementStore } from '../store.ts';

/** Days that one answer is of. */
export const statisticsDaysMax = 366;

export interface Statistics {
  /** Days on which there is something, in order. */
  readonly days: readonly { readonly date: PlainDate; readonly figures: Figures }[];
  readonly total: Figures;
}

/**
 * What days of an owner come to, by the running totals that are written with the lines: exact, and never more than a moment behind
 * them. Two reads by key whatever the number of orders.
 */
export async function readStatistics(
  store: Pick<SettlementStore, 'readOwnerTotals'>,
  { tenant, marketId, owner }: { readonly tenant: string; readonly marketId: string; readonly owner: Owner },
  { from, to }: { readonly from: PlainDate; readonly to: PlainDate },
): Promise<Statistics> {
  const dates = Array.from({ length: daysBetween(from, to) + 1 }, (_, place) => addDays(from, place));
  const found = await store.readOwnerTotals(tenant, marketId, owner, dates);
  const days = dates.flatMap((date) => {
    const figures = found.get(date);
    return figures && !isSameFigures(figures, noFigures) ? [{ date, figures }] : [];
  });
  return { days, total: days.reduce((sum, { figures }) => addFigures(sum, figures), noFigures) };
}
