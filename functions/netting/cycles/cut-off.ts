import type { BackoffPolicy } from '../../../shared/concurrency/backoff.ts';
import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { nettingCause } from '../acting.ts';
import type { On } from '../centres/keep-centre.ts';
import { eachDue } from '../each-due.ts';
import type { NettingStore } from '../store.ts';
import { begunTelling } from '../telling/next-telling.ts';
import { type Cycle, gates } from './cycle.ts';
import { findCycle, openOnce } from './find-cycle.ts';
import { isUnpublished, nextCutOffDate } from './plan-cycle.ts';

type Store = Pick<
  NettingStore,
  'readCentre' | 'readCycle' | 'openCycle' | 'replaceCycle' | 'readGateState' | 'turnGate' | 'listCyclesToCut'
>;

/** A gate is written by many at once, until they have heard of the cut-off: it is overtaken more often than other items. */
export const turnPolicy: BackoffPolicy = { attemptsMax: 40, baseMs: 5, ceilingMs: 300 };
const cyclesPerPage = 100;

/**
 * Cuts a cycle off: it takes no obligation any more, and those it has are confirmed and disputed. The next one is opened before, so
 * that a centre always has one. Its gates are turned one by one, for each is free at a time of its own, and what finds its gate turned
 * goes to the next cycle; it is cut off when all are. What broke off goes on, and one that was cut off stays as it is. Problems:
 * `netting/cycle-not-found`; and those of decideAndWrite.
 */
export async function cutOff(
  store: Store,
  which: { readonly tenant: string; readonly cycleId: string },
  on: On,
): Promise<Cycle> {
  const cycle = await begin(store, which, on);
  if (cycle.state !== 'OPEN') return cycle;
  await Promise.all(gates.map((gate) => turnGate(store, cycle, gate)));
  return end(store, which, on.at);
}

/** It is said first that it takes none any more: whoever asks for a cycle from now on is turned away, before its time too. */
function begin(store: Store, which: { readonly tenant: string; readonly cycleId: string }, on: On): Promise<Cycle> {
  return decideAndWrite(async () => {
    const cycle = await findCycle(store, which);
    if (cycle.state !== 'OPEN' || cycle.cutAt !== undefined) return { answer: cycle };
    await openNext(store, cycle, on);
    const { at, cause } = on;
    const next: Cycle = { ...cycle, cutAt: at, revision: cycle.revision + 1, changedAt: at, cause };
    return { answer: next, write: () => store.replaceCycle(next) };
  });
}

/** One that is turned, by whomever, stays so. */
function turnGate(store: Store, cycle: Cycle, gate: number): Promise<void> {
  return decideAndWrite(async () => {
    const state = await store.readGateState(cycle.tenant, cycle.id, gate);
    return {
      answer: undefined,
      ...(state === 'OPEN' && { write: () => store.turnGate(cycle, gate, 'OPEN', 'CONFIRMING') }),
    };
  }, turnPolicy);
}

/** All gates are turned. Who began it has cut it off, whoever ends it. */
function end(store: Store, which: { readonly tenant: string; readonly cycleId: string }, at: string): Promise<Cycle> {
  return decideAndWrite(async () => {
    const cycle = await findCycle(store, which);
    if (cycle.state !== 'OPEN') return { answer: cycle };
    const next: Cycle = { ...cycle, state: 'CONFIRMING', revision: cycle.revision + 1, changedAt: at };
    const begins = begunTelling(cycle, 'CUT_OFF', new Date(at));
    return { answer: next, write: () => store.replaceCycle(next, begins) };
  });
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
export function cutDueCycles(store: Store, now: Date): Promise<unknown[]> {
  const at = now.toISOString();
  return eachDue({
    readPage: (after) => store.listCyclesToCut(at, after, cyclesPerPage),
    seeTo: (which) => cutOff(store, which, { at, cause: nettingCause(which.cycleId) }),
    failed: 'cycle not cut off',
    nameOf: (which) => which,
  });
}
