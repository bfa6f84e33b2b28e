import { type BackoffPolicy, backOff } from '../../shared/concurrency/backoff.ts';
import { general } from '../../shared/problems/general.ts';
import { decideRateSet, type PutRateSet } from './decide-rate-set.ts';
import type { RateSet } from './rate-set.ts';
import type { RateStore } from './store.ts';

/** Writes that may be overtaken or go unanswered before the caller is told to come back. */
export const putPolicy: BackoffPolicy = { attemptsMax: 8, baseMs: 10, ceilingMs: 500 };

/**
 * Puts a rate set in place of the one of its name and date, and answers what then stands. Decided again from a fresh
 * reading whenever another writer was faster, so an expected version is never passed over.
 *
 * @throws Problem `rates/version-conflict`; `request/conflict-retry` where contention does not end; `request/unavailable`
 * where the last write had no answer. Putting again is safe after each of them.
 */
export async function putRateSet(store: RateStore, put: PutRateSet, policy = putPolicy): Promise<RateSet> {
  const { tenant, content } = put;
  for (let attempt = 1; ; attempt++) {
    const [held, latestDate] = await Promise.all([
      store.readSet(tenant, content.name, content.date),
      store.readLatestDate(tenant, content.name),
    ]);
    const decision = decideRateSet(held, put);
    if (decision.outcome === 'REFUSED') throw decision.problem;
    if (decision.outcome === 'UNCHANGED') return decision.set;
    const failure = await store.writeSet(decision.set, latestDate);
    if (!failure) return decision.set;
    if (attempt >= policy.attemptsMax) throw gaveUp(failure);
    await backOff(attempt, policy);
  }
}

function gaveUp(failure: 'MOVED' | 'BUSY' | 'UNKNOWN') {
  if (failure === 'UNKNOWN') {
    return general.unavailable.with({ detail: 'The rate set may have been written or not; putting it again tells.' });
  }
  return general['conflict-retry'].with({ detail: 'Others are changing this rate set. Nothing was changed.' });
}
