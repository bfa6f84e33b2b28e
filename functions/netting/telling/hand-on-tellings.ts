import { unlessOvertaken } from '../../../shared/runs/replace-run.ts';
import { eachDue } from '../each-due.ts';
import type { NettingStore } from '../store.ts';
import { nextTelling } from './next-telling.ts';
import { askTellingAgainAt, type Telling } from './telling.ts';

type Store = Pick<NettingStore, 'readTelling' | 'writeTelling' | 'listOpenTellings'>;

const tellingsPerPage = 100;

/**
 * Hands on the tellings of all tenants that nothing was heard of for so long that they broke off, or that were never begun. One that
 * fails keeps no other from its turn; answers what failed.
 */
export function handOnTellings(store: Store, now: Date): Promise<unknown[]> {
  return eachDue({
    readPage: (after) => store.listOpenTellings(now.toISOString(), after, tellingsPerPage),
    seeTo: (which) => handOn(store, which, now),
    failed: 'telling not handed on',
    nameOf: ({ tenant, cycleId, kind }) => ({ tenant, cycleId, kind }),
  });
}

/** The index may lag, so the telling itself says whether it is due. Nothing where another was faster. */
async function handOn(store: Store, which: Pick<Telling, 'tenant' | 'cycleId' | 'kind'>, now: Date): Promise<void> {
  const telling = await store.readTelling(which.tenant, which.cycleId, which.kind);
  const askAgainAt = telling && askTellingAgainAt(telling);
  if (!telling || askAgainAt === undefined || askAgainAt > now.toISOString()) return;
  const next: Telling = { ...nextTelling(telling, now), turn: telling.turn + 1 };
  await unlessOvertaken(next, () => store.writeTelling(next, []));
}
