import type { Owed } from '../positions/position.ts';
import type { Pair } from '../terms/netting-terms.ts';
import type { Party } from '../terms/parties.ts';

/** What may be netted, in its order, and what is between two of an excluded pair. */
export interface SetApart {
  readonly netted: readonly Owed[];
  readonly gross: readonly Owed[];
}

/** Sets apart what excluded pairs owe each other, either way round. */
export function setApart(owed: readonly Owed[], excludedPairs: readonly Pair[]): SetApart {
  if (excludedPairs.length === 0) return { netted: owed, gross: [] };
  const excluded = new Map<Party, Set<Party>>();
  for (const [one, other] of excludedPairs) {
    excludeOneWay(excluded, one, other);
    excludeOneWay(excluded, other, one);
  }
  const netted: Owed[] = [];
  const gross: Owed[] = [];
  for (const obligation of owed) {
    const isExcluded = excluded.get(obligation.payer)?.has(obligation.payee);
    (isExcluded ? gross : netted).push(obligation);
  }
  return { netted, gross };
}

function excludeOneWay(excluded: Map<Party, Set<Party>>, one: Party, other: Party): void {
  const others = excluded.get(one);
  if (others) others.add(other);
  else excluded.set(one, new Set([other]));
}
