import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Cause } from '../../../shared/http/cause.ts';

/** When something is done, on which day it counts, and who does it. */
export interface Step {
  /** ISO instant. */
  readonly at: string;
  readonly date: PlainDate;
  readonly cause: Cause;
}

/** The next state of something that counts its changes. */
export function changed<One extends { readonly revision: number }>(
  one: One,
  changes: Partial<One>,
  { at, cause }: Omit<Step, 'date'>,
) {
  return { ...one, ...changes, revision: one.revision + 1, changedAt: at, cause };
}
