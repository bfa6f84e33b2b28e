import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { problems } from '../problems.ts';
import type { SettlementStore } from '../store.ts';
import type { ComparedDayRef, KeptDifference } from './comparison.ts';
import type { DifferenceStep, explain, resolve, StepFault } from './difference.ts';

/**
 * Says something of a difference; the same by the same person again changes nothing. Problems: `settlement/difference-not-found`,
 * `settlement/difference-resolved`; and those of decideAndWrite.
 */
export async function workDifference(
  store: SettlementStore,
  day: ComparedDayRef,
  id: string,
  take: typeof explain | typeof resolve,
  step: DifferenceStep,
): Promise<KeptDifference> {
  return decideAndWrite(async () => {
    const kept = await store.readDifference(day, id);
    if (!kept) throw differenceNotFound();
    const { difference, fault } = take(kept.difference, step);
    if (fault) throw refused(fault);
    if (difference === kept.difference) return { answer: kept };
    const next = { ...kept, difference, revision: kept.revision + 1 };
    return { answer: next, write: () => store.writeDifferences([next]) };
  });
}

export function differenceNotFound() {
  return problems['difference-not-found'].with({ detail: 'The comparison has no such difference.' });
}

function refused(fault: StepFault): Error {
  // The contract asks for a note, of at most as many characters.
  if (fault.code !== 'RESOLVED_ALREADY') return new Error(`A note came through that is none: ${fault.code}.`);
  const { by = '', at = '', note = '' } = fault.step ?? {};
  return problems['difference-resolved'].with({ detail: `${by} resolved it at ${at}.`, by, at, note });
}
