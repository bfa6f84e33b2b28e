import { obligationIdOf } from '../keys.ts';
import type { NettingStore } from '../store.ts';
import type { Obligation } from './obligation.ts';

/** Of which centre. */
export interface OfCentre {
  readonly tenant: string;
  readonly centreId: string;
}

/**
 * The obligations that a centre has of some references, by reference. One that came of events is found by its reference whatever centre
 * has it: of any other than that it is none.
 */
export async function readOfCentre(
  store: Pick<NettingStore, 'readObligations'>,
  { tenant, centreId }: OfCentre,
  references: readonly string[],
): Promise<Map<string, Obligation>> {
  const ids = new Map(references.map((reference) => [reference, obligationIdOf(tenant, centreId, reference)]));
  if (ids.size === 0) return new Map();
  const found = await store.readObligations(tenant, [...ids.values()]);
  return new Map(
    [...ids].flatMap(([reference, id]): [string, Obligation][] => {
      const one = found.get(id);
      return one?.centreId === centreId ? [[reference, one]] : [];
    }),
  );
}
