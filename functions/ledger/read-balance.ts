import { type AccountState, addDeltas, type Delta, noDelta } from './account.ts';
import { problems } from './problems.ts';
import { findVersionAt, readTransfersFrom, versionsReadMax } from './read-history.ts';
import type { LedgerStore } from './store.ts';
import { effectOn } from './transfer.ts';

/** Looks at a hot account that is being folded meanwhile. */
const looksMax = 5;

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
 * A hot account with what waits for it. A fold between the two readings would show money in both or in neither, so they
 * count only when the account is the same before and after.
 */
export async function readHotState(
  store: LedgerStore,
  tenant: string,
  head: AccountState,
): Promise<{ state: AccountState; waiting: PendingFold }> {
  let state = head;
  for (let look = 1; ; look++) {
    const waiting = await readPendingFold(store, tenant, head.accountId);
    const after = (await store.readHead(tenant, head.accountId)) ?? state;
    if (after.version === state.version || look >= looksMax) return { state: after, waiting };
    state = after;
  }
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
  for await (const transfer of readTransfersFrom(store, tenant, head, first)) {
    if (transfer.valueDate <= date) posted += effectOn(transfer, head.accountId).posted;
  }
  if (booked) return { ...booked, posted };
  return posted === 0n ? undefined : { ...head, posted, pendingIn: 0n, pendingOut: 0n, frozen: 0n };
}
