import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import type { On } from '../centres/keep-centre.ts';
import { findCentre } from '../centres/keep-centre.ts';
import type { Cycle } from '../cycles/cycle.ts';
import { findCycle } from '../cycles/find-cycle.ts';
import { problems } from '../problems.ts';
import type { NettingStore } from '../store.ts';
import { nextRound, nobodyWaits, type Settling } from './settling.ts';
import { settlesFrom, silenceAfter } from './times.ts';

type Store = Pick<NettingStore, 'readCycle' | 'replaceCycle' | 'readCentre' | 'readCentreVersion'>;

/**
 * Has a cycle settled from its value date on; in the background. Where somebody's money was missing it is asked for again; one that is
 * under way, or settled, stays as it is. Problems: `netting/cycle-not-found`, `netting/cycle-not-closed`,
 * `netting/value-date-not-reached`; and those of decideAndWrite.
 */
export async function askSettling(
  store: Store,
  which: { readonly tenant: string; readonly cycleId: string },
  on: On,
): Promise<Cycle> {
  return decideAndWrite(async () => {
    const cycle = await findCycle(store, which);
    if (cycle.state === 'SETTLED') return { answer: cycle };
    const settling = cycle.settling ? askedAgain(cycle.settling, on.at) : await begun(store, cycle, on.at);
    if (settling === cycle.settling) return { answer: cycle };
    const { at: changedAt, cause } = on;
    const { revision } = cycle;
    const next: Cycle = { ...cycle, state: 'SETTLING', settling, revision: revision + 1, changedAt, cause };
    return { answer: next, write: () => store.replaceCycle(next) };
  });
}

/** The same where it is under way. */
export function askedAgain(settling: Settling, at: string): Settling {
  const { isWaiting, failures, turn } = settling;
  if (!isWaiting && failures === 0) return settling;
  const next = isWaiting ? nextRound(settling) : settling;
  return { ...next, turn: turn + 1, askAgainAt: silenceAfter(new Date(at)) };
}

async function begun(store: Store, cycle: Cycle, at: string): Promise<Settling> {
  const { id: cycleId, state, tenant, centreId, valueDate } = cycle;
  if (state !== 'CLOSED') {
    const detail = `The cycle ${cycleId} is ${state}; it is settled once it is CLOSED.`;
    throw problems['cycle-not-closed'].with({ detail, cycleId, state });
  }
  const { schedule } = await findCentre(store, { tenant, centreId });
  if (settlesFrom(valueDate, schedule.zone) > at) {
    const today = businessDateOf(new Date(at), schedule.zone);
    const detail = `The value date of ${cycleId} is ${valueDate}; today is ${today}.`;
    throw problems['value-date-not-reached'].with({ detail, cycleId, valueDate });
  }
  return {
    ...{ state: 'HOLDING', askedAt: at, round: 1, held: [], legsHeld: 0, isUnclear: false },
    ...{ waiting: nobodyWaits, isWaiting: false, ended: 0, turn: 1, failures: 0 },
    askAgainAt: silenceAfter(new Date(at)),
  };
}
