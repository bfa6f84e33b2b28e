import { advance } from '../cycles/advance.ts';
import type { Cycle } from '../cycles/cycle.ts';
import { retryAfter } from '../settling/times.ts';
import type { NettingStore } from '../store.ts';
import type { Closing } from './closing.ts';

/** A closing that failed waits, each time longer, an hour at most. Nothing where something else is in its way by then. */
export async function noteFailure(
  store: Pick<NettingStore, 'readCycle' | 'replaceCycle'>,
  { tenant, cycleId }: { readonly tenant: string; readonly cycleId: string },
  now: Date,
): Promise<void> {
  const cycle = await store.readCycle(tenant, cycleId);
  // As its owner may read it; the error is in the log alone.
  const failure = 'Something unforeseen stopped it; the log has it under the id of the cycle.';
  if (cycle?.closing && !cycle.closing.hindrance) await wait(store, cycle, cycle.closing, failure, now);
}

/** The same of one that nothing was heard of: it had too little time or memory, or its process died. */
export function noteSilence(store: Pick<NettingStore, 'replaceCycle'>, cycle: Cycle, closing: Closing, now: Date) {
  const failure = 'It broke off without a word: what carries it on had too little time or memory, or died.';
  return wait(store, cycle, closing, failure, now);
}

function wait(store: Pick<NettingStore, 'replaceCycle'>, cycle: Cycle, closing: Closing, failure: string, now: Date) {
  const failures = (closing.failures ?? 0) + 1;
  const retryAt = retryAfter(failures, now);
  return advance(store, cycle, { closing: { ...closing, failures, failure, retryAt, askAgainAt: retryAt } }, now);
}

/** What failed before counts no more once a step is done. */
export function gotOn({ failures: _f, failure: _why, retryAt: _at, ...closing }: Closing): Closing {
  return closing;
}
