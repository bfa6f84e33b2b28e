import { type AccountState, addDeltas, type Delta, noDelta } from './account.ts';
import { problems } from './problems.ts';
import { findVersionAt, readTransfersOf, versionsReadMax } from './read-history.ts';
import type { LedgerStore } from './store.ts';
import { effectOn } from './transfer.ts';

const versionsPerPage = 500;

export interface PendingFold {
  readonly transfers: number;
  readonly delta: Delta;
}

/** What a hot account has been promised and has not taken in yet. */
export async function readPendingFold(store: LedgerStore, tenant: string, accountId: string): Promise<PendingFold> {
  const waiting = await store.readHotPostings(tenant, accountId);
  return {
    transfers: waiting.reduce((count, posting) => count + posting.transfers.length, 0),
    delta: waiting.map(({ delta }) => delta).reduce(addDeltas, noDelta),
  };
}

/**
 * An account as it stood at the end of a day: by booking date what had been booked by then; by value date the posted
 * balance of everything valued by then, whenever it was booked (holds and frozen amount as booked). Undefined before the
 * account was opened.
 */
export async function readStateAsOf(
  store: LedgerStore,
  tenant: string,
  head: AccountState,
  date: string,
  by: 'BOOKING' | 'VALUE',
): Promise<AccountState | undefined> {
  const booked = await findVersionAt(store, tenant, head, date);
  if (by === 'BOOKING') return booked;
  const first = (booked?.version ?? -1) + 1;
  if (head.version - first >= versionsReadMax) {
    const detail = `The account ${head.accountId} has too many postings since ${date}.`;
    throw problems['value-date-too-busy'].with({ detail });
  }
  let posted = booked?.posted ?? 0n;
  for (let start = first; start <= head.version; start += versionsPerPage) {
    const range = { from: start, to: Math.min(start + versionsPerPage - 1, head.version) };
    const versions = await store.readVersions(tenant, head.accountId, range);
    for (const transfers of (await readTransfersOf(store, tenant, versions)).values()) {
      for (const transfer of transfers) {
        if (transfer.valueDate <= date) posted += effectOn(transfer, head.accountId).posted;
      }
    }
  }
  if (booked) return { ...booked, posted };
  return posted === 0n ? undefined : { ...head, posted, pendingIn: 0n, pendingOut: 0n, frozen: 0n };
}
