import type { Plain } from '../../../shared/dynamo/items.ts';
import { readTexts, type TextWithAmounts, writeText } from '../../../shared/dynamo/text-with-amounts.ts';
import { confirmingCycles, keys, openCycles, settlingCycles } from '../keys.ts';
import type { Cycle, CycleState } from './cycle.ts';

/** Items as plain objects ↔ the model. One that waits for a time is found by it. */
export function cycleToPlain(cycle: Cycle): Plain {
  const { closing, result, earlier, settling, ...facts } = cycle;
  // What is never asked for by itself is one text.
  const told = (closing || result) && { told: writeText({ closing, result, earlier, settling }) };
  return { ...keys.cycle(cycle.tenant, cycle.id), kind: 'CYCLE', ...facts, ...told, ...duePlace(cycle) };
}

function duePlace({ tenant, id, state, cutOffAt, cutAt, confirmUntil, closing, settling, settleFrom }: Cycle) {
  if (state === 'OPEN') return { dueOf: openCycles, dueAt: `${cutAt ?? cutOffAt}#${tenant}#${id}` };
  const settles = settling ? settling.askAgainAt : settleFrom;
  if ((state === 'CLOSED' || state === 'SETTLING') && settles !== undefined) {
    return { dueOf: settlingCycles, dueAt: `${settles}#${tenant}#${id}` };
  }
  const due = closing ? closing.askAgainAt : confirmUntil;
  return state === 'CONFIRMING' && due !== undefined
    ? { dueOf: confirmingCycles, dueAt: `${due}#${tenant}#${id}` }
    : {};
}

export function cycleFromPlain(plain: Plain): Cycle {
  const { pk: _pk, sk: _sk, kind: _kind, dueOf: _of, dueAt: _at, revision, told, ...facts } = plain;
  const [texts] = told === undefined ? [] : readTexts(told as TextWithAmounts);
  const cycle: Cycle = { ...(facts as unknown as Cycle), ...(texts as object | undefined), revision: Number(revision) };
  const { bankPayments } = cycle;
  return bankPayments ? { ...cycle, bankPayments: { ...bankPayments, blocks: Number(bankPayments.blocks) } } : cycle;
}

/** A gate: whether its cycle takes lines, and how many it has taken. */
export function gateToPlain({ tenant, id }: Pick<Cycle, 'tenant' | 'id'>, gate: number, state: CycleState): Plain {
  return { ...keys.gate(tenant, id, gate), kind: 'GATE', state, lineCount: 0 };
}
