import { jsonPointer } from '../../../shared/http/json.ts';
import type { Cycle } from '../cycles/cycle.ts';
import { obligationIdOf } from '../keys.ts';
import { problems } from '../problems.ts';
import type { NettingStore } from '../store.ts';

/** Problem: `netting/obligation-not-found`, at each reference of `leaveOut` that has no obligation in the cycle. */
export async function requireStanding(
  store: Pick<NettingStore, 'readObligations'>,
  { tenant, id: cycleId, centreId }: Pick<Cycle, 'tenant' | 'id' | 'centreId'>,
  references: readonly string[] = [],
): Promise<void> {
  const ids = references.map((reference) => obligationIdOf(tenant, centreId, reference));
  const found = await store.readObligations(tenant, [...new Set(ids)]);
  const errors = references.flatMap((reference, place) => {
    if (found.get(ids[place] ?? '')?.cycleId === cycleId) return [];
    const detail = `There is no obligation ${reference} in ${cycleId}.`;
    return [{ pointer: jsonPointer(['leaveOut', place]), detail }];
  });
  const [first] = errors;
  if (first) throw problems['obligation-not-found'].with({ detail: first.detail, cycleId }).at(...errors);
}
