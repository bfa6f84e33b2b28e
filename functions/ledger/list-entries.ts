import { addDays } from '../../shared/calendar/plain-date.ts';
import type { AccountState } from './account.ts';
import type { Version } from './assemble.ts';
import { bookingDateOf, findVersionAt } from './read-history.ts';
import { portionsOf, readTakenIn, type TakenIn, transfersIn } from './read-transfers.ts';
import type { LedgerStore } from './store.ts';
import { type Entry, entriesOf, type Transfer } from './transfer.ts';

const versionsPerRead = 100;
/** Portions of transfers read for one page: a filter that finds little still answers in time, with a cursor to go on. */
const portionsPerPageMax = 10;

export interface EntryQuery {
  readonly from?: string;
  readonly to?: string;
  readonly reference?: { readonly key: string; readonly value: string };
  /** Posted lines only, or holds and releases too. */
  readonly include: 'POSTED' | 'ALL';
  readonly order: 'OLDEST_FIRST' | 'NEWEST_FIRST';
  readonly limit: number;
  readonly after?: EntryPosition;
}

/** A place in an account's history: the line at `index` of `version`, counted in booking order. */
export interface EntryPosition {
  readonly version: number;
  readonly index: number;
}

export interface BookedEntry {
  readonly entry: Entry;
  readonly transfer: Transfer;
  readonly position: EntryPosition;
  readonly bookingDate: string;
  /** Posted balance after the line, in minor units. */
  readonly balance: bigint;
}

export interface EntryPage {
  readonly entries: readonly BookedEntry[];
  /** Where the next page begins; there when there may be more. */
  readonly next?: EntryPosition;
}

/** A page of an account's history, in booking order or the other way round, with the running balance. */
export async function listEntries(
  store: LedgerStore,
  tenant: string,
  head: AccountState,
  query: EntryQuery,
): Promise<EntryPage> {
  const range = await versionRange(store, tenant, head, query);
  const found: BookedEntry[] = [];
  let last = query.after;
  let portionsRead = 0;
  for await (const portion of readPortions(store, tenant, head, query, range)) {
    if (portionsRead++ >= portionsPerPageMax) return { entries: found, ...(last && { next: last }) };
    for (const taken of await readTakenIn(store, tenant, portion)) {
      const lines = linesOf(taken);
      const ordered = query.order === 'NEWEST_FIRST' ? lines.toReversed() : lines;
      for (const line of ordered) {
        if (!isBeyond(line.position, query) || !matches(line, query)) continue;
        if (found.length === query.limit) return { entries: found, next: found.at(-1)?.position as EntryPosition };
        found.push(line);
      }
      last = ordered.at(-1)?.position ?? last;
    }
  }
  return { entries: found };
}

async function* readPortions(
  store: LedgerStore,
  tenant: string,
  head: AccountState,
  { order }: EntryQuery,
  { from, to }: { from: number; to: number },
): AsyncGenerator<Version[]> {
  const newestFirst = order === 'NEWEST_FIRST';
  for (let [low, high] = [from, to]; low <= high; ) {
    const range = { from: low, to: high, newestFirst, limit: versionsPerRead };
    const versions = await store.readVersions(tenant, head.accountId, range);
    yield* portionsOf(versions);
    const edge = versions.at(-1)?.state.version;
    if (edge === undefined) return;
    if (newestFirst) high = edge - 1;
    else low = edge + 1;
  }
}

async function versionRange(store: LedgerStore, tenant: string, head: AccountState, query: EntryQuery) {
  const { from, to, after, order } = query;
  const before = from === undefined ? undefined : await findVersionAt(store, tenant, head, addDays(from, -1));
  const last = to === undefined ? head : await findVersionAt(store, tenant, head, to);
  const range = { from: from === undefined ? 0 : (before?.version ?? -1) + 1, to: last?.version ?? -1 };
  if (after && order === 'OLDEST_FIRST') range.from = Math.max(range.from, after.version);
  if (after && order === 'NEWEST_FIRST') range.to = Math.min(range.to, after.version);
  return range;
}

/** The lines of one version in booking order, each with the posted balance after it. */
function linesOf(taken: TakenIn): BookedEntry[] {
  const { state } = taken.version;
  const { accountId, version: number, posted } = state;
  const lines = transfersIn(taken).flatMap((transfer) =>
    entriesOf(transfer, accountId).map((entry) => ({ entry, transfer })),
  );
  let balance = posted - lines.reduce((sum, { entry }) => sum + entry.delta.posted, 0n);
  const bookingDate = bookingDateOf(state);
  return lines.map(({ entry, transfer }, index) => {
    balance += entry.delta.posted;
    return { entry, transfer, position: { version: number, index }, bookingDate, balance };
  });
}

function isBeyond(position: EntryPosition, { after, order }: EntryQuery): boolean {
  if (!after) return true;
  const ahead = position.version - after.version || position.index - after.index;
  return order === 'OLDEST_FIRST' ? ahead > 0 : ahead < 0;
}

function matches({ entry, transfer }: BookedEntry, { include, reference }: EntryQuery): boolean {
  if (include === 'POSTED' && (entry.kind === 'HELD' || entry.kind === 'RELEASED')) return false;
  // A posted leg of zero only ends a hold.
  if (include === 'POSTED' && entry.amount === 0n) return false;
  return reference === undefined || transfer.references[reference.key] === reference.value;
}
