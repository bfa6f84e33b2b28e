import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { general } from '../../../shared/problems/general.ts';
import { gateOfTry } from '../cycles/cycle.ts';
import { findCycle, placeFor } from '../cycles/find-cycle.ts';
import { firstCutOffDate, isUnpublished } from '../cycles/plan-cycle.ts';
import { toldObligationIdOf } from '../keys.ts';
import { type LineFault, obligationFaults } from '../obligations/check-obligation.ts';
import type { Obligation } from '../obligations/obligation.ts';
import { withNews } from '../obligations/obligation-news.ts';
import type { NettingStore } from '../store.ts';
import { askedOf, type CentreWorld } from './asked-of.ts';
import type { PlacedTold } from './find-parties.ts';
import { followTold } from './follow-told.ts';
import { referenceOf } from './told.ts';

type Followed = 'CHANGED' | 'NOTED' | 'KNOWN' | readonly LineFault[];

/**
 * Has an obligation that is there follow what was told of it, over whatever others write meanwhile; or answers why the centre does
 * not take it. Problems: `request/conflict-retry` where another centre has taken it meanwhile; those of decideAndWrite.
 */
export async function followOne(
  store: NettingStore,
  placed: PlacedTold,
  world: CentreWorld,
  at: string,
): Promise<Followed> {
  const { told } = placed;
  const { tenant, id: centreId } = world.centre;
  const reference = referenceOf(told);
  let tries = 0;
  return decideAndWrite<Followed>(async () => {
    const obligation = await store.readObligation(tenant, toldObligationIdOf(tenant, reference));
    if (!obligation) throw new Error(`The obligation ${reference} was neither added nor found.`);
    if (obligation.centreId !== centreId) {
      throw general['conflict-retry'].with({ detail: `${obligation.centreId} has taken ${reference} meanwhile.` });
    }
    const step = followTold(obligation, await findCycle(store, obligation), told, at);
    switch (step.kind) {
      case 'NOTHING':
        return { answer: 'KNOWN' };
      case 'NOTE':
        return { answer: 'NOTED', write: () => store.noteObligation(withNews(step.obligation, obligation)) };
      case 'CHANGE':
        return {
          answer: 'CHANGED',
          write: () =>
            store.changeObligations(
              [withNews(step.obligation, obligation)],
              gateOfTry(step.obligation.gate, tries++),
              step.whileIn,
            ),
        };
      case 'ENTER': {
        const next = await enter(store, placed, step.obligation, world, at);
        if (Array.isArray(next)) return { answer: next };
        return {
          answer: 'CHANGED',
          write: () => store.moveObligations([withNews(next as Obligation, obligation)], at),
        };
      }
    }
  });
}

/** An obligation in the cycle that takes it; or why its centre takes it in none. The same gate as before is as good as any. */
async function enter(
  store: NettingStore,
  placed: PlacedTold,
  { lateFor: _, movedFrom: _from, ...facts }: Obligation,
  world: CentreWorld,
  at: string,
): Promise<Obligation | LineFault[]> {
  const asked = askedOf(placed, world, at);
  const faults = obligationFaults(asked, world);
  if (faults.length > 0) return faults;
  try {
    const own = firstCutOffDate(world.centre, asked.date);
    const on = { at, cause: placed.told.cause };
    const { cycle, ownCycleId } = await placeFor(store, world.centre, own, on);
    const cycleId = cycle.id;
    return { ...facts, cycleId, ...(cycleId !== ownCycleId && { lateFor: ownCycleId }) };
  } catch (error) {
    if (!isUnpublished(error)) throw error;
    return [{ code: 'CALENDAR_NOT_PUBLISHED', field: 'date', detail: error.message }];
  }
}
