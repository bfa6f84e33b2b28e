import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { jsonPointer } from '../../../shared/http/json.ts';
import { findCentre, type On } from '../centres/keep-centre.ts';
import { readParticipantsOf } from '../centres/read-participants.ts';
import type { Cycle } from '../cycles/cycle.ts';
import { findCycle } from '../cycles/find-cycle.ts';
import { problems } from '../problems.ts';
import type { NettingStore } from '../store.ts';
import { closedAnew } from './end-steps.ts';
import { silenceAfter } from './times.ts';

type Store = Pick<NettingStore, 'readCycle' | 'replaceCycle' | 'readCentre' | 'readCentreVersion' | 'readBlocks'>;

/**
 * Takes a cycle that is closed, or for which money is being set aside, back, and closes it anew without all that some participants owe
 * and are owed: that goes to the next cycle. Nothing has moved by then, and what was set aside is given free. Asked twice, it changes
 * nothing the second time. Problems: `netting/cycle-not-found`, `netting/participant-not-found`, `netting/cycle-cannot-unwind`; and
 * those of decideAndWrite.
 */
export async function askUnwinding(
  store: Store,
  which: { readonly tenant: string; readonly cycleId: string },
  participants: readonly string[],
  on: On,
): Promise<Cycle> {
  return decideAndWrite(async () => {
    const cycle = await findCycle(store, which);
    await requireParticipants(store, cycle, participants);
    const leaveOut = [...new Set(participants)].sort();
    if (isAsked(cycle, leaveOut)) return { answer: cycle };
    const next = { ...unwound(cycle, leaveOut, on), revision: cycle.revision + 1, changedAt: on.at, cause: on.cause };
    return { answer: next, write: () => store.replaceCycle(next) };
  });
}

function unwound(cycle: Cycle, leaveOut: readonly string[], { at }: On): Cycle {
  const { state, settling } = cycle;
  const now = new Date(at);
  if (state === 'CLOSED') {
    const [before, changes] = closedAnew(cycle, leaveOut, now);
    return { ...before, ...changes };
  }
  if (state !== 'SETTLING' || settling?.state !== 'HOLDING') throw cannotUnwind(cycle);
  const { turn } = settling;
  const releasing = { state: 'RELEASING' as const, leaveOut, isWaiting: false, ended: 0, turn: turn + 1 };
  return { ...cycle, settling: { ...settling, ...releasing, askAgainAt: silenceAfter(now) } };
}

function isAsked({ settling, earlier }: Cycle, leaveOut: readonly string[]): boolean {
  const asked = settling?.state === 'RELEASING' ? settling.leaveOut : earlier?.at(-1)?.leaveOut;
  return asked?.join('\n') === leaveOut.join('\n');
}

function cannotUnwind({ id: cycleId, state, settling }: Cycle) {
  const how = settling ? `${state} (${settling.state})` : state;
  const detail = `The cycle ${cycleId} is ${how}; it is taken back while it is CLOSED or money is set aside for it.`;
  return problems['cycle-cannot-unwind'].with({ detail, cycleId, state });
}

async function requireParticipants(
  store: Store,
  { tenant, centreId }: Cycle,
  participants: readonly string[],
): Promise<void> {
  const centre = await findCentre(store, { tenant, centreId });
  const found = await readParticipantsOf(store, centre, participants);
  const errors = participants.flatMap((id, place) =>
    found.has(id)
      ? []
      : [{ pointer: jsonPointer(['leaveOut', place]), detail: `${centreId} has no participant ${id}.` }],
  );
  const [first] = errors;
  if (first) throw problems['participant-not-found'].with({ detail: first.detail, centreId }).at(...errors);
}
