import { addDays, businessDateOf } from '../../shared/calendar/plain-date.ts';
import type { AccountState } from './account.ts';
import { portionsOf, readTakenIn, transfersIn } from './read-transfers.ts';
import type { LedgerStore } from './store.ts';
import { effectOn, type Transfer } from './transfer.ts';
import type { ValueDatedHistory } from './value-dates.ts';

/** Versions read per page, and how many a look into the past may read in all. */
const versionsPerPage = 500;
export const versionsReadMax = 20_000;

/** The last version booked on or before a date, found by bisection: booking instants never go back along a chain. */
export async function findVersionAt(
  store: LedgerStore,
  tenant: string,
  head: AccountState,
  date: string,
): Promise<AccountState | undefined> {
  let low = 0;
  let high = head.version;
  let found: AccountState | undefined;
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    const [version] = await store.readVersions(tenant, head.accountId, { from: middle, to: middle });
    if (!version) throw new Error(`Version ${middle} of ${head.accountId} is missing.`);
    if (bookingDateOf(version.state) <= date) {
      found = version.state;
      low = middle + 1;
    } else {
      high = middle - 1;
    }
  }
  return found;
}

export function bookingDateOf(state: Pick<AccountState, 'at'>): string {
  return businessDateOf(new Date(state.at));
}

/** What an account's chain took in from a version on, portion by portion, oldest first. */
export async function* readTransfersFrom(
  store: LedgerStore,
  tenant: string,
  head: AccountState,
  first: number,
): AsyncGenerator<Transfer> {
  for (let from = first; from <= head.version; ) {
    const range = { from, to: head.version, limit: versionsPerPage };
    const versions = await store.readVersions(tenant, head.accountId, range);
    for (const portion of portionsOf(versions)) {
      for (const taken of await readTakenIn(store, tenant, portion)) yield* transfersIn(taken);
    }
    from = (versions.at(-1)?.state.version ?? head.version) + 1;
  }
}

/** How the posted balance developed by value date from `from` to now, or that there is too much of it to read. */
export async function readHistory(
  store: LedgerStore,
  tenant: string,
  head: AccountState,
  from: string,
): Promise<ValueDatedHistory | 'TOO_LONG'> {
  const opened = await findVersionAt(store, tenant, head, addDays(from, -1));
  const first = (opened?.version ?? -1) + 1;
  if (head.version - first >= versionsReadMax) return 'TOO_LONG';
  const movements = new Map<string, bigint>();
  let opening = opened?.posted ?? 0n;
  let reachesBack: string | undefined;
  for await (const transfer of readTransfersFrom(store, tenant, head, first)) {
    const { posted } = effectOn(transfer, head.accountId);
    const { valueDate } = transfer;
    if (posted === 0n) continue;
    if (valueDate >= from) {
      movements.set(valueDate, (movements.get(valueDate) ?? 0n) + posted);
      continue;
    }
    opening += posted;
    if (reachesBack === undefined || valueDate < reachesBack) reachesBack = valueDate;
  }
  return { opening, from, movements, ...(reachesBack !== undefined && { reachesBack }) };
}
