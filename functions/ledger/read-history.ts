import { addDays, businessDateOf } from '../../shared/calendar/plain-date.ts';
import type { AccountState } from './account.ts';
import type { Version } from './assemble.ts';
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

/** The transfers that versions took in, in order; those of a hot account's folds included. */
export async function readTransfersOf(
  store: LedgerStore,
  tenant: string,
  versions: readonly Version[],
): Promise<Map<Version, Transfer[]>> {
  const idsOf = new Map<Version, readonly string[]>();
  for (const version of versions) {
    const { accountId, hot, version: number } = version.state;
    const groups = hot ? await store.readFold(tenant, accountId, number) : [{ transfers: version.transfers }];
    idsOf.set(
      version,
      groups.flatMap(({ transfers }) => [...transfers]),
    );
  }
  const records = await store.readRecords(tenant, [...idsOf.values()].flat());
  const transferOf = (id: string): Transfer => {
    const record = records.get(id);
    if (record?.outcome !== 'TRANSFER') throw new Error(`The transfer ${id} is missing from the ledger.`);
    return record.transfer;
  };
  return new Map([...idsOf].map(([version, ids]) => [version, ids.map(transferOf)]));
}

/** How the posted balance developed by value date from `from` to now, or that there is too much of it to read. */
export async function readHistory(
  store: LedgerStore,
  tenant: string,
  head: AccountState,
  from: string,
): Promise<ValueDatedHistory | 'TOO_LONG'> {
  const movements = new Map<string, bigint>();
  const opened = await findVersionBefore(store, tenant, head, from);
  let opening = opened?.posted ?? 0n;
  const first = (opened?.version ?? -1) + 1;
  if (head.version - first >= versionsReadMax) return 'TOO_LONG';
  for (let start = first; start <= head.version; start += versionsPerPage) {
    const to = Math.min(start + versionsPerPage - 1, head.version);
    const versions = await store.readVersions(tenant, head.accountId, { from: start, to });
    for (const transfers of (await readTransfersOf(store, tenant, versions)).values()) {
      for (const transfer of transfers) {
        const { posted } = effectOn(transfer, head.accountId);
        if (transfer.valueDate < from) opening += posted;
        else movements.set(transfer.valueDate, (movements.get(transfer.valueDate) ?? 0n) + posted);
      }
    }
  }
  return { opening, from, movements };
}

async function findVersionBefore(store: LedgerStore, tenant: string, head: AccountState, date: string) {
  return await findVersionAt(store, tenant, head, addDays(date, -1));
}
