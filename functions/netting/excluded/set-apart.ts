import type { Owed } from '../positions/position.ts';
import { type AreApart, nobodyApart } from './excluded-pairs.ts';

/** What may be netted, in its order, and what is between two of an excluded pair. */
export interface SetApart {
  readonly netted: readonly Owed[];
  readonly gross: readonly Owed[];
}

/** Sets apart what excluded pairs owe each other, either way round. */
export function setApart(owed: readonly Owed[], isApart: AreApart): SetApart {
  if (isApart === nobodyApart) return { netted: owed, gross: [] };
  const netted: Owed[] = [];
  const gross: Owed[] = [];
  for (const obligation of owed) (isApart(obligation.payer, obligation.payee) ? gross : netted).push(obligation);
  return { netted, gross };
}
