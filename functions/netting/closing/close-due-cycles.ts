import { describeError, writeLog } from '../../../shared/http/log.ts';
import { nettingCause } from '../acting.ts';
import { isConfirmationOver } from '../cycles/cycle.ts';
import type { NettingStore } from '../store.ts';
import { askClosing, handedOn } from './ask-closing.ts';
import { advance } from './carry-on-closing.ts';

type Store = Pick<NettingStore, 'readCycle' | 'replaceCycle' | 'turnGates' | 'readObligations' | 'listCyclesToClose'>;

const cyclesPerPage = 100;

/**
 * Has the cycles of all tenants closed whose confirmation is over, and hands on those that wait for a rate or a calendar or broke off
 * without a word. One that fails keeps no other from its turn; answers what failed.
 */
export async function closeDueCycles(store: Store, now: Date): Promise<unknown[]> {
  const failures: unknown[] = [];
  const at = now.toISOString();
  let after: string | undefined;
  do {
    const { due, next } = await store.listCyclesToClose(at, after, cyclesPerPage);
    for (const which of due) {
      try {
        await closeDue(store, which, now);
      } catch (error) {
        failures.push(error);
        writeLog({ level: 'ERROR', message: 'cycle not closed', ...which, error: describeError(error) });
      }
    }
    after = next;
  } while (after !== undefined);
  return failures;
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
    await advance(store, cycle, { closing: handedOn(closing, at) }, now);
  }
}
