import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import type { Centre } from '../centres/centre.ts';
import type { On } from '../centres/keep-centre.ts';
import { problems } from '../problems.ts';
import type { NettingStore } from '../store.ts';
import { type Cycle, cycleIdOf, takesObligations } from './cycle.ts';
import { cycleOf, nextCutOffDate } from './plan-cycle.ts';

type Store = Pick<NettingStore, 'readCycle' | 'openCycle'>;

/** Problem: `netting/cycle-not-found`. */
export async function findCycle(
  store: Pick<NettingStore, 'readCycle'>,
  { tenant, cycleId }: { readonly tenant: string; readonly cycleId: string },
): Promise<Cycle> {
  const cycle = await store.readCycle(tenant, cycleId);
  if (cycle) return cycle;
  throw problems['cycle-not-found'].with({ detail: `There is no netting cycle ${cycleId}.`, cycleId });
}

/**
 * The cycle that takes what is of a cut-off date: the cycle of that date, or, where that takes none any more, the next that does. It is
 * opened where nobody has opened it. Problems: `netting/calendar-not-published`; and those of decideAndWrite.
 */
export async function cycleFor(store: Store, centre: Centre, cutOffDate: PlainDate, on: On): Promise<Cycle> {
  return (await placeFor(store, centre, cutOffDate, on)).cycle;
}

export interface CyclePlace {
  readonly cycle: Cycle;
  /** The first cycle of the date or later that there is: another where that takes none any more. */
  readonly ownCycleId: string;
}

/** The same, and the cycle that it would be in time for. Of a day before the first cycle of its centre, it is in time for that. */
export async function placeFor(store: Store, centre: Centre, cutOffDate: PlainDate, on: On): Promise<CyclePlace> {
  let own: Cycle | undefined;
  for (let date = cutOffDate; ; date = nextCutOffDate(centre, date, on.at)) {
    const cycle = await openOnce(store, centre, date, on);
    own ??= cycle;
    if (cycle && own && takesObligations(cycle, on.at)) return { cycle, ownCycleId: own.id };
  }
}

/** The cycle of a cut-off date; none where it was never opened and its cut-off has passed. */
export async function openOnce(
  store: Store,
  centre: Centre,
  cutOffDate: PlainDate,
  on: On,
): Promise<Cycle | undefined> {
  return decideAndWrite(async () => {
    const there = await store.readCycle(centre.tenant, cycleIdOf(centre.id, cutOffDate));
    if (there) return { answer: there };
    const cycle = cycleOf(centre, cutOffDate, on);
    if (cycle.cutOffAt <= on.at) return { answer: undefined };
    return { answer: cycle, write: () => store.openCycle(cycle) };
  });
}
