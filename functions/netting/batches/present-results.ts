import type { LineFaultOf, Refused } from './batch-line.ts';
import { faultTeller } from './tell-faults.ts';

/** What became of the lines of a batch, as callers see it: each by its place in the list, from 1. */
export function presentResults<Kept extends { readonly outcome: string }, Code extends string, Shown extends object>(
  results: readonly (Kept | Refused<LineFaultOf<Code>>)[],
  show: (kept: Kept) => Shown,
) {
  const tell = faultTeller();
  return results.map((result, place) => {
    const line = place + 1;
    if ('faults' in result) return { line, outcome: result.outcome, ...tell(result.faults) };
    const outcome: Kept['outcome'] = result.outcome;
    return { line, outcome, ...show(result) };
  });
}
