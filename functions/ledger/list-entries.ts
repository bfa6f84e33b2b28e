import { addDays } from '../../shared/calendar/plain-date.ts';
import type { AccountState } from './account.ts';
import type { Version } from './assemble.ts';
import { bookingDateOf, findVersionAt, readTransfersOf } from './read-history.ts';
import type { LedgerStore } from './store.ts';
import { type Entry, entriesOf, type Transfer } from './transfer.ts';

/** Versions read per round trip, and in all for one page: a filter that finds little still answers in time. */
const versionsPerRead = 100;
/** A version of a hot account stands for a whole fold. */
const foldsPerRead = 1;
const versionsPerPageMax = 2_000;

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
  const newestFirst = query.order === 'NEWEST_FIRST';
  const perRead = head.hot ? foldsPerRead : versionsPerRead;
  const found: BookedEntry[] = [];
  let last = query.after;
  for (let read = 0; range.from <= range.to; read += perRead) {
    if (read >= versionsPerPageMax) return { entries: found, ...(last && { next: last }) };
    const versions = await store.readVersions(tenant, head.accountId, { ...range, newestFirst, limit: perRead });
    if (versions.length === 0) break;
    for (const [version, transfers] of await readTransfersOf(store, tenant, versions)) {
      const lines = linesOf(version, transfers);
      for (const line of newestFirst ? lines.reverse() : lines) {
        if (!isBeyond(line.position, query) || !matches(line, query)) continue;
        if (found.length === query.limit) return { entries: found, next: found.at(-1)?.position as EntryPosition };
        found.push(line);
      }
      last = { version: version.state.version, index: newestFirst ? 0 : lines.length - 1 };
    }
    const edge = versions.at(-1)?.state.version ?? 0;
    if (newestFirst) range.to = edge - 1;
    else range.from = edge + 1;
  }
  return { entries: found };
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
function linesOf(version: Version, transfers: readonly Transfer[]): BookedEntry[] {
  const { accountId, version: number, posted } = version.state;
  const lines = transfers.flatMap((transfer) => entriesOf(transfer, accountId).map((entry) => ({ entry, transfer })));
  let balance = posted - lines.reduce((sum, { entry }) => sum + entry.delta.posted, 0n);
  const bookingDate = bookingDateOf(version.state);
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
