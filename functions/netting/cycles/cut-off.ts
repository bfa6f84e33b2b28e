import type { BackoffPolicy } from '../../../shared/concurrency/backoff.ts';
import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { describeError, writeLog } from '../../../shared/http/log.ts';
import { nettingCause } from '../acting.ts';
import type { On } from '../centres/keep-centre.ts';
import type { NettingStore } from '../store.ts';
import type { Cycle } from './cycle.ts';
import { findCycle, openOnce } from './find-cycle.ts';
import { isUnpublished, nextCutOffDate } from './plan-cycle.ts';

type Store = Pick<NettingStore, 'readCentre' | 'readCycle' | 'openCycle' | 'turnGates' | 'listCyclesToCut'>;

/** All gates are turned at once, so while obligations stream in or are confirmed it is overtaken more often than other writes. */
export const turnPolicy: BackoffPolicy = { attemptsMax: 40, baseMs: 5, ceilingMs: 300 };
const cyclesPerPage = 100;

/**
 * Cuts a cycle off: it takes no obligation any more, and those it has are confirmed and disputed. The next one is opened before, so
 * that a centre always has one. One that was cut off stays as it is. Problems: `netting/cycle-not-found`; and those of
 * decideAndWrite.
 */
export async function cutOff(
  store: Store,
  which: { readonly tenant: string; readonly cycleId: string },
  on: On,
): Promise<Cycle> {
  return decideAndWrite(async () => {
    const cycle = await findCycle(store, which);
    if (cycle.state !== 'OPEN') return { answer: cycle };
    await openNext(store, cycle, on);
    const { at, cause } = on;
    const revision = cycle.revision + 1;
    const next: Cycle = { ...cycle, state: 'CONFIRMING', cutAt: at, revision, changedAt: at, cause };
    return { answer: next, write: () => store.turnGates(next, 'OPEN') };
  }, turnPolicy);
}

/** A calendar that ends keeps no cycle open: the first obligation behind it is told so. */
async function openNext(store: Store, { tenant, centreId, cutOffDate }: Cycle, on: On) {
  const centre = await store.readCentre(tenant, centreId);
  if (!centre) throw new Error(`The centre ${centreId} of a cycle is not there.`);
  try {
    await openOnce(store, centre, nextCutOffDate(centre, cutOffDate, on.at), on);
  } catch (error) {
    if (!isUnpublished(error)) throw error;
  }
}

/** Cuts off the cycles of all tenants whose time has come. One that fails keeps no other from its turn; answers what failed. */
export async function cutDueCycles(store: Store, now: Date): Promise<unknown[]> {
  const failures: unknown[] = [];
  const at = now.toISOString();
  let after: string | undefined;
  do {
    const { due, next } = await store.listCyclesToCut(at, after, cyclesPerPage);
    for (const which of due) {
      try {
        await cutOff(store, which, { at, cause: nettingCause(which.cycleId) });
      } catch (error) {
        failures.push(error);
        writeLog({ level: 'ERROR', message: 'cycle not cut off', ...which, error: describeError(error) });
      }
    }
    after = next;
  } while (after !== undefined);
  return failures;
}
