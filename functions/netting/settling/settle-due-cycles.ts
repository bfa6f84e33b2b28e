import { nettingCause } from '../acting.ts';
import { advance } from '../cycles/advance.ts';
import { eachDue } from '../each-due.ts';
import type { NettingStore } from '../store.ts';
import { askedAgain, askSettling } from './ask-settling.ts';
import { silenceAfter } from './times.ts';

type Store = Pick<
  NettingStore,
  'readCycle' | 'replaceCycle' | 'readCentre' | 'readCentreVersion' | 'listCyclesToSettle'
>;

const cyclesPerPage = 100;

/**
 * Has the cycles of all tenants settled whose value date has come, asks again for those that wait for funds, and hands on those that
 * failed or broke off. One that fails keeps no other from its turn; answers what failed.
 */
export function settleDueCycles(store: Store, now: Date): Promise<unknown[]> {
  return eachDue({
    readPage: (after) => store.listCyclesToSettle(now.toISOString(), after, cyclesPerPage),
    seeTo: (which) => settleDue(store, which, now),
    failed: 'cycle not settled',
    nameOf: (which) => which,
  });
}

/** The index may lag, so the cycle itself says whether it is due. */
async function settleDue(store: Store, which: { tenant: string; cycleId: string }, now: Date): Promise<void> {
  const at = now.toISOString();
  const cycle = await store.readCycle(which.tenant, which.cycleId);
  if (cycle?.state === 'CLOSED' && cycle.settleFrom !== undefined && cycle.settleFrom <= at) {
    await askSettling(store, which, { at, cause: nettingCause(cycle.id) });
  } else if (cycle?.settling && cycle.settling.askAgainAt <= at) {
    const { settling } = cycle;
    const handedOn = { ...askedAgain(settling, at), turn: settling.turn + 1, askAgainAt: silenceAfter(now) };
    await advance(store, cycle, { settling: handedOn }, now);
  }
}
