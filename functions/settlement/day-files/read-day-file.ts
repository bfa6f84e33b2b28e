import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Owner } from '../journal/entry.ts';
import { journalGroups } from '../journal/groups.ts';
import type { Market } from '../markets/market.ts';
import type { SettlementStore } from '../store.ts';
import type { DayLine } from './day-line.ts';
import { dayLinesOf } from './journal-day-lines.ts';

/** Lines after which a part of a file ends: with the longest rows it stays below the 6 MB of an answer. */
export const linesPerDayFile = 10_000;
/** Blocks of the journal in one read, of some fifty lines each. */
const blocksAtOnce = 20;

/** Where a file goes on: behind a block of an owner, or at the owner's beginning. */
export interface DayFilePlace {
  readonly owner: string;
  readonly after?: string;
}

export interface DayFilePage {
  readonly lines: readonly DayLine[];
  readonly next?: DayFilePlace;
}

/** A part of a market's day: its own lines, then those of its merchants by id, each in the order in which they were written. */
export async function readDayFile(
  store: Pick<SettlementStore, 'readTotals' | 'readLines'>,
  { tenant, id: marketId, currency }: Market,
  date: PlainDate,
  place: DayFilePlace | undefined,
): Promise<DayFilePage> {
  const owners = await ownersOf(store, tenant, marketId, date);
  const begin = place === undefined ? 0 : owners.findIndex(({ id }) => id === place.owner);
  const lines: DayLine[] = [];
  let after = place?.after;
  for (const owner of begin < 0 ? [] : owners.slice(begin)) {
    do {
      if (lines.length >= linesPerDayFile)
        return { lines, next: { owner: owner.id, ...(after !== undefined && { after }) } };
      const from = { blocks: blocksAtOnce, ...(after !== undefined && { after }) };
      const page = await store.readLines(tenant, owner, date, from);
      for (const line of page.lines) lines.push(...dayLinesOf(line, { owner, date, currency }));
      after = page.next;
    } while (after !== undefined);
  }
  return { lines };
}

/** The market and the merchants that have lines on the day. */
async function ownersOf(
  store: Pick<SettlementStore, 'readTotals'>,
  tenant: string,
  marketId: string,
  date: PlainDate,
): Promise<Owner[]> {
  const groups = Array.from({ length: journalGroups }, (_, group) => ({ tenant, marketId, date, group }));
  const totals = (await Promise.all(groups.map((day) => store.readTotals(day)))).flat();
  const ids = totals.filter(({ owner }) => owner.kind === 'MERCHANT').map(({ owner }) => owner.id);
  const merchants = [...new Set(ids)].sort().map((id): Owner => ({ kind: 'MERCHANT', id }));
  return [{ kind: 'MARKET', id: marketId }, ...merchants];
}
