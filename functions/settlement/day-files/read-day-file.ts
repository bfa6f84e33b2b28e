import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { Owner } from '../journal/entry.ts';
import { journalGroups } from '../journal/groups.ts';
import type { Market } from '../markets/market.ts';
import type { Merchant } from '../merchants/merchant.ts';
import type { SettlementStore } from '../store.ts';
import type { DayLine } from './day-line.ts';
import { dayLinesOf } from './journal-day-lines.ts';

/** Lines and bytes after either of which a part of a file ends: with what one more read adds it stays below the 6 MB of an answer. */
export const linesPerDayFile = 10_000;
export const bytesPerDayFile = 3_000_000;
/** Blocks of the journal in one read, of some fifty lines each; of two thousand at most. */
const blocksAtOnce = 4;
/** Merchants whose names are read together. */
const namesAtOnce = 100;

/** Where a file goes on: behind a block of an owner, or at the owner's beginning. */
export interface DayFilePlace {
  readonly owner: string;
  readonly after?: string;
}

export interface DayFilePage {
  readonly lines: readonly DayLine[];
  readonly next?: DayFilePlace;
}

/**
 * A part of a market's day: its own lines, then those of its merchants by id, each in the order in which they were written, with their
 * names as they are now. `bytesOf` is what lines come to in the file.
 */
export async function readDayFile(
  store: Pick<SettlementStore, 'readTotals' | 'readLines' | 'readMerchants'>,
  { tenant, id: marketId, currency }: Market,
  date: PlainDate,
  place: DayFilePlace | undefined,
  bytesOf: (lines: readonly DayLine[]) => number,
): Promise<DayFilePage> {
  const owners = await ownersOf(store, tenant, marketId, date);
  const begin = place === undefined ? 0 : owners.findIndex(({ id }) => id === place.owner);
  const left = begin < 0 ? [] : owners.slice(begin);
  const lines: DayLine[] = [];
  let bytes = 0;
  let after = place?.after;
  let names = new Map<string, Pick<Merchant, 'name'>>();
  for (const [count, owner] of left.entries()) {
    if (count % namesAtOnce === 0) names = await namesOf(store, tenant, left.slice(count, count + namesAtOnce));
    const named = { owner, ...defined({ name: names.get(owner.id)?.name }) };
    do {
      if (lines.length >= linesPerDayFile || bytes >= bytesPerDayFile)
        return { lines, next: { owner: owner.id, ...(after !== undefined && { after }) } };
      const from = { blocks: blocksAtOnce, ...(after !== undefined && { after }) };
      const page = await store.readLines(tenant, owner, date, from);
      const read = page.lines.flatMap((line) => dayLinesOf(line, { ...named, date, currency }));
      for (const line of read) lines.push(line);
      bytes += bytesOf(read);
      after = page.next;
    } while (after !== undefined);
  }
  return { lines };
}

function namesOf(store: Pick<SettlementStore, 'readMerchants'>, tenant: string, owners: readonly Owner[]) {
  const merchants = owners.filter(({ kind }) => kind === 'MERCHANT');
  return store.readMerchants(
    tenant,
    merchants.map(({ id }) => id),
  );
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
