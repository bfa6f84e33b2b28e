import type { Plain } from '../../../shared/dynamo/items.ts';
import { confirmingCycles, keys, openCycles } from '../keys.ts';
import type { Cycle, CycleState } from './cycle.ts';

/** Items as plain objects ↔ the model. One that waits for a time is found by it. */
export function cycleToPlain(cycle: Cycle): Plain {
  return { ...keys.cycle(cycle.tenant, cycle.id), kind: 'CYCLE', ...cycle, ...duePlace(cycle) };
}

function duePlace({ tenant, id, state, cutOffAt, confirmUntil }: Cycle) {
  if (state === 'OPEN') return { dueOf: openCycles, dueAt: `${cutOffAt}#${tenant}#${id}` };
  return state === 'CONFIRMING' ? { dueOf: confirmingCycles, dueAt: `${confirmUntil}#${tenant}#${id}` } : {};
}

export function cycleFromPlain(plain: Plain): Cycle {
  const { pk: _pk, sk: _sk, kind: _kind, dueOf: _of, dueAt: _at, revision, ...facts } = plain;
  return { ...(facts as unknown as Cycle), revision: Number(revision) };
}

/** A gate: whether its cycle takes lines, and how many it has taken. */
export function gateToPlain({ tenant, id }: Pick<Cycle, 'tenant' | 'id'>, gate: number, state: CycleState): Plain {
  return { ...keys.gate(tenant, id, gate), kind: 'GATE', state, lineCount: 0 };
}
