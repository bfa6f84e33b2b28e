import type { FoundDifference } from './found-difference.ts';

/**
 * How far somebody has come with a difference. EXPLAINED: it is known why, and something is still to be done. RESOLVED: nothing is,
 * and it does not change any more.
 */
export type DifferenceState = 'OPEN' | 'EXPLAINED' | 'RESOLVED';

export interface Difference {
  readonly found: FoundDifference;
  readonly state: DifferenceState;
  /** Of the last step; an open one has none. */
  readonly step?: DifferenceStep;
}

export interface DifferenceStep {
  /** Why it is, or what was done. */
  readonly note: string;
  /** Who says so. */
  readonly by: string;
  /** An instant in ISO 8601, UTC. */
  readonly at: string;
}

export const noteCharactersMax = 500;

/** Why a step cannot be taken; the edge makes a problem of it. */
export type StepFault =
  | { readonly code: 'NOTE_MISSING' }
  | { readonly code: 'NOTE_TOO_LONG'; readonly max: number }
  | { readonly code: 'RESOLVED_ALREADY'; readonly step?: DifferenceStep };

export type StepResult =
  | { readonly difference: Difference; readonly fault?: never }
  | { readonly fault: StepFault; readonly difference?: never };

/** What was found is open. */
export function openDifference(found: FoundDifference): Difference {
  return { found, state: 'OPEN' };
}

/** Notes why it is. A later explanation takes the place of an earlier one. */
export function explain(difference: Difference, step: DifferenceStep): StepResult {
  return takeStep(difference, 'EXPLAINED', step);
}

/** Closes it, from either state. */
export function resolve(difference: Difference, step: DifferenceStep): StepResult {
  return takeStep(difference, 'RESOLVED', step);
}

/** The same step by the same person again changes nothing. */
function takeStep(difference: Difference, state: DifferenceState, { note: text, by, at }: DifferenceStep): StepResult {
  const note = text.trim();
  const { found, step: before } = difference;
  if (note === '') return { fault: { code: 'NOTE_MISSING' } };
  if (note.length > noteCharactersMax) return { fault: { code: 'NOTE_TOO_LONG', max: noteCharactersMax } };
  if (difference.state === state && before?.note === note && before.by === by) return { difference };
  if (difference.state === 'RESOLVED') return { fault: { code: 'RESOLVED_ALREADY', ...(before && { step: before }) } };
  return { difference: { found, state, step: { note, by, at } } };
}
