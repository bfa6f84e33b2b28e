import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import type { On } from '../centres/keep-centre.ts';
import { turnPolicy } from '../cycles/cut-off.ts';
import { type Cycle, isConfirmationOver } from '../cycles/cycle.ts';
import { findCycle } from '../cycles/find-cycle.ts';
import { problems } from '../problems.ts';
import { silenceAfter } from '../settling/times.ts';
import type { NettingStore } from '../store.ts';
import type { Closing } from './closing.ts';
import { requireGone, requireStanding } from './require-standing.ts';

type Store = Pick<NettingStore, 'readCycle' | 'replaceCycle' | 'turnGates' | 'readObligations'>;

/** When a closing that is handed on now is handed on again by itself, where nothing is heard of it. */
export function silenceEnds(at: string): string {
  return silenceAfter(new Date(at));
}

export interface AskedClosing {
  /** References that are to go to the next cycle, in any order; as they were asked for before where it is left out. */
  readonly leaveOut?: readonly string[];
}

/**
 * Has a cycle closed whose confirmation is over: its gates are shut, so that its lines stay as they are, and it is worked out in the
 * background. Asked again, it is tried again where something was in the way or it failed, and else changes nothing. Problems:
 * `netting/cycle-not-found`, `netting/confirmation-runs`, `netting/closing-under-way`, `netting/obligation-not-found` at each of
 * `leaveOut` that is not in the cycle, `netting/cycle-closed` at each that is netted by one that has closed; and those of
 * decideAndWrite.
 */
export async function askClosing(
  store: Store,
  which: { readonly tenant: string; readonly cycleId: string },
  { leaveOut: asked }: AskedClosing,
  on: On,
): Promise<Cycle> {
  const leaveOut = asked && [...new Set(asked)].sort();
  return decideAndWrite(async () => {
    const cycle = await findCycle(store, which);
    if (cycle.state !== 'OPEN' && cycle.state !== 'CONFIRMING') {
      await requireGone(store, cycle, asked);
      return { answer: cycle };
    }
    if (!isConfirmationOver(cycle, on.at)) throw confirmationRuns(cycle);
    const { closing } = cycle;
    if (!closing) {
      await requireStanding(store, cycle, asked);
      const next = nextOf(cycle, { ...begun(on.at), leaveOut: leaveOut ?? [] }, on);
      return { answer: next, write: () => store.turnGates(next, 'CONFIRMING', 'CLOSED') };
    }
    const isOther = leaveOut !== undefined && leaveOut.join('\n') !== closing.leaveOut.join('\n');
    const isAtRest = closing.hindrance !== undefined || closing.retryAt !== undefined;
    if (isOther && (!isAtRest || closing.state === 'MOVING')) throw underWay(cycle);
    if (!isAtRest) return { answer: cycle };
    if (isOther) await requireStanding(store, cycle, asked);
    const again = handedOn(closing, on.at);
    const next = nextOf(cycle, isOther ? { ...withoutLacking(again), leaveOut } : again, on);
    return { answer: next, write: () => store.replaceCycle(next) };
  }, turnPolicy);
}

/** Of other obligations other rates may be needed. */
function withoutLacking({ lacking: _, ...closing }: Closing): Closing {
  return closing;
}

/** A closing for whoever carries it on; nothing is in its way any more. */
export function handedOn({ hindrance: _, retryAt: _at, ...closing }: Closing, at: string): Closing {
  return { ...closing, turn: closing.turn + 1, askAgainAt: silenceEnds(at) };
}

function begun(at: string): Omit<Closing, 'leaveOut'> {
  return {
    ...{ state: 'NETTING', askedAt: at, turn: 1, attempt: 0, blocksMoved: 0, blocksCarried: 0 },
    askAgainAt: silenceEnds(at),
  };
}

/** Figures that a limit was in the way of are figures no more. */
function nextOf({ result, ...cycle }: Cycle, closing: Closing, { at, cause }: On): Cycle {
  const shutAt = cycle.shutAt ?? at;
  const kept = closing.state === 'MOVING' && result ? { result } : {};
  return { ...cycle, ...kept, shutAt, closing, revision: cycle.revision + 1, changedAt: at, cause };
}

function confirmationRuns({ id: cycleId, state, confirmUntil: until }: Cycle) {
  const detail =
    state === 'OPEN'
      ? `The cycle ${cycleId} is OPEN: it is cut off first, and confirmed until ${until}.`
      : `The obligations of ${cycleId} are confirmed and disputed until ${until}.`;
  return problems['confirmation-runs'].with({ detail, cycleId, state, until });
}

function underWay({ id: cycleId }: Cycle) {
  const detail = `The closing of ${cycleId} is under way with other obligations left out.`;
  return problems['closing-under-way'].with({ detail, cycleId }).at({ pointer: '/leaveOut', detail });
}
