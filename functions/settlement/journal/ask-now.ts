import { problems } from '../problems.ts';
import type { SettlementStore } from '../store.ts';
import type { WaitingPosting } from './posting.ts';

/**
 * Has a posting that waits asked for again by the next turn of the job. Where another has changed it meanwhile, it is as that one left
 * it. Problem: `settlement/posting-not-found`; one that is booked waits no more, for one.
 */
export async function askNow(
  store: Pick<SettlementStore, 'readWaiting' | 'replaceWaiting'>,
  { tenant, marketId, id }: Pick<WaitingPosting, 'tenant' | 'marketId' | 'id'>,
  now: Date,
): Promise<WaitingPosting> {
  const read = async () => {
    const waiting = await store.readWaiting(tenant, id);
    if (waiting?.marketId === marketId && waiting.bookedAs === undefined) return waiting;
    const detail = `No posting ${id} of ${marketId} waits.`;
    throw problems['posting-not-found'].with({ detail, postingId: id });
  };
  const before = await read();
  const askAt = now.toISOString();
  if (before.askAt <= askAt) return before;
  const next = { ...before, askAt, revision: before.revision + 1 };
  return (await store.replaceWaiting(next, before)) ? next : read();
}
