import { nettingCause } from '../acting.ts';
import { advance } from '../cycles/advance.ts';
import { isConfirmationOver } from '../cycles/cycle.ts';
import { eachDue } from '../each-due.ts';
import type { NettingStore } from '../store.ts';
import { askClosing, handedOn } from './ask-closing.ts';
import { noteSilence } from './note-failure.ts';

type Store = Pick<NettingStore, 'readCycle' | 'replaceCycle' | 'turnGates' | 'readObligations' | 'listCyclesToClose'>;

const cyclesPerPage = 100;

/**
 * Has the cycles of all tenants closed whose confirmation is over, and hands on those that wait for a rate or a calendar or broke off
 * without a word or failed. One that fails keeps no other from its turn; answers what failed.
 */
export function closeDueCycles(store: Store, now: Date): Promise<unknown[]> {
  return eachDue({
    readPage: (after) => store.listCyclesToClose(now.toISOString(), after, cyclesPerPage),
    seeTo: (which) => closeDue(store, which, now),
    failed: 'cycle not closed',
    nameOf: (which) => which,
  });
}

/** The index may lag, so the cycle itself says whether it is due. */
async function closeDue(store: Store, which: { tenant: string; cycleId: string }, now: Date): Promise<void> {
  const at = now.toISOString();
  const cycle = await store.readCycle(which.tenant, which.cycleId);
  if (cycle?.state !== 'CONFIRMING') return;
  const { closing } = cycle;
  if (!closing) {
    if (isConfirmationOver(cycle, at)) await askClosing(store, which, {}, { at, cause: nettingCause(cycle.id) });
  } else if (closing.askAgainAt !== undefined && closing.askAgainAt <= at) {
    const isSilent = !closing.hindrance && closing.retryAt === undefined;
    // The wait for a word was long enough for the first try after it.
    const noted = isSilent ? await noteSilence(store, cycle, closing, now) : cycle;
    const again = noted?.closing;
    const isFirst = isSilent && again?.failures === 1;
    if (noted && again && (isFirst || !isSilent)) await advance(store, noted, { closing: handedOn(again, at) }, now);
  }
}
