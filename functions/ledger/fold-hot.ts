import { businessDateOf } from '../../shared/calendar/plain-date.ts';
import { type BackoffPolicy, backOff } from '../../shared/concurrency/backoff.ts';
import { classifyWriteFailure } from '../../shared/dynamo/failure.ts';
import { type AccountState, addDeltas, applyDelta, noDelta } from './account.ts';
import { type HotPosting, nextVersion } from './assemble.ts';
import type { LedgerStore } from './store.ts';
import type { Fold } from './store-writes.ts';
import type { Cause } from './transfer.ts';

/** One fold writes a version, its list of transfers and a deletion per posting: 100 items at most. */
export const postingsPerFoldMax = 98;
/** A reader of the account's history reads a fold whole. */
export const transfersPerFoldMax = 1_000;
const foldsPerCallMax = 1_000;
const foldPolicy: BackoffPolicy = { attemptsMax: 12, baseMs: 10, ceilingMs: 1_000 };
const foldCause: Cause = { client: 'yudao', role: 'system', requestId: 'fold' };

/**
 * Nets waiting postings, oldest first, into one new version of a hot account. A version takes in the postings of one
 * booking date and is booked with the last of them, so that a fold after midnight still belongs to the day before.
 */
export function planFold(head: AccountState, waiting: readonly HotPosting[]): Fold {
  const postings = takeFirst([...waiting].sort(byInstant));
  const delta = postings.map((posting) => posting.delta).reduce(addDeltas, noDelta);
  const next = { state: applyDelta(head, delta), transfers: [], cause: foldCause };
  const version = nextVersion(
    head,
    next,
    new Date(postings.at(-1)?.at ?? head.at),
    postings.map(({ digest }) => digest),
  );
  return { version, groups: postings, postings };
}

function takeFirst(waiting: readonly HotPosting[]): HotPosting[] {
  const taken: HotPosting[] = [];
  const bookingDate = bookingDateOf(waiting[0]);
  let transfers = 0;
  for (const posting of waiting.slice(0, postingsPerFoldMax)) {
    transfers += posting.transfers.length;
    if (taken.length > 0 && transfers > transfersPerFoldMax) break;
    if (bookingDateOf(posting) !== bookingDate) break;
    taken.push(posting);
  }
  return taken;
}

function bookingDateOf(posting: HotPosting | undefined): string {
  return posting ? businessDateOf(new Date(posting.at)) : '';
}

function byInstant(a: HotPosting, b: HotPosting): number {
  return a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1;
}

/**
 * Folds what waits for a hot account until nothing does. Taking a posting in and removing it are one transaction, on the
 * version that was read: told twice, by two callers at once or out of order, each posting is taken in exactly once.
 * Returns how many were.
 */
export async function foldHot(store: LedgerStore, tenant: string, accountId: string): Promise<number> {
  let folded = 0;
  let failures = 0;
  for (let fold = 0; fold < foldsPerCallMax; fold++) {
    const [head, waiting] = await Promise.all([
      store.readHead(tenant, accountId),
      store.readHotPostings(tenant, accountId, postingsPerFoldMax),
    ]);
    if (!head || waiting.length === 0) return folded;
    const plan = planFold(head, waiting);
    try {
      await store.writeFold(tenant, plan);
      folded += plan.postings.length;
      failures = 0;
    } catch (error) {
      failures += 1;
      if (classifyWriteFailure(error) === 'FATAL' || failures >= foldPolicy.attemptsMax) throw error;
      await backOff(failures, foldPolicy);
    }
  }
  return folded;
}

/** Folds several hot accounts; one that fails keeps no other from its turn. Throws at the end what failed. */
export async function foldAll(
  store: LedgerStore,
  accounts: readonly { readonly tenant: string; readonly accountId: string }[],
): Promise<void> {
  const failures: unknown[] = [];
  for (const { tenant, accountId } of accounts) {
    await foldHot(store, tenant, accountId).catch((error) => failures.push(error));
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} hot accounts were not folded.`);
}
