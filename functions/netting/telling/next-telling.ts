import { nettingCause } from '../acting.ts';
import type { Cycle } from '../cycles/cycle.ts';
import type { Telling, TellingKind } from './telling.ts';

/** How a telling begins. */
export function begunTelling(
  { tenant, id: cycleId }: Pick<Cycle, 'tenant' | 'id'>,
  kind: TellingKind,
  now: Date,
): Telling {
  const cause = nettingCause(cycleId);
  return { tenant, cycleId, kind, gate: 0, turn: 0, revision: 1, changedAt: now.toISOString(), cause };
}

/** As it is to be written over itself. */
export function nextTelling(telling: Telling, now: Date): Telling {
  return { ...telling, revision: telling.revision + 1, changedAt: now.toISOString() };
}
