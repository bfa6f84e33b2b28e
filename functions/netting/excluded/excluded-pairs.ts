import type { Pair } from '../terms/netting-terms.ts';
import type { Party } from '../terms/parties.ts';

/** Whether two are an excluded pair, in any order. */
export type AreApart = (one: Party, other: Party) => boolean;

export const nobodyApart: AreApart = () => false;

export function areApart(excludedPairs: readonly Pair[]): AreApart {
  if (excludedPairs.length === 0) return nobodyApart;
  const excluded = new Map<Party, Set<Party>>();
  const exclude = (one: Party, other: Party) => excluded.set(one, (excluded.get(one) ?? new Set()).add(other));
  for (const [one, other] of excludedPairs) {
    exclude(one, other);
    exclude(other, one);
  }
  return (one, other) => excluded.get(one)?.has(other) ?? false;
}
