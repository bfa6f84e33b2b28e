import type { Centre } from '../centres/centre.ts';
import type { Cycle } from '../cycles/cycle.ts';
import { type CyclePlace, placeFor } from '../cycles/find-cycle.ts';
import { firstCutOffDate, isUnpublished } from '../cycles/plan-cycle.ts';
import type { Added, Adding, Draft } from './add-obligations.ts';

/** One with the first cycle that there is of its date or later, whether or not that takes it. */
export interface DatedDraft extends Draft {
  readonly ownCycleId: string;
}

interface Grouped {
  readonly groups: readonly { readonly cycle: Cycle; readonly members: readonly DatedDraft[] }[];
  /** Those whose cycle the calendar does not reach, by reference. */
  readonly refused: readonly [string, Added][];
}

/** Drafts by the cycle that takes them. Problems: those of decideAndWrite. */
export async function groupByCycle(store: Adding, centre: Centre, drafts: readonly Draft[]): Promise<Grouped> {
  const groups = new Map<string, { cycle: Cycle; members: DatedDraft[] }>();
  const refused: [string, Added][] = [];
  const found = new Map<string, CyclePlace>();
  for (const [date, list] of Map.groupBy(drafts, ({ asked }) => asked.date)) {
    try {
      const cutOffDate = firstCutOffDate(centre, date);
      const place = found.get(cutOffDate) ?? (await placeFor(store, centre, cutOffDate, list[0] as Draft));
      found.set(cutOffDate, place);
      const { cycle, ownCycleId } = place;
      const group = groups.get(cycle.id) ?? { cycle, members: [] };
      group.members.push(...list.map((draft) => ({ ...draft, ownCycleId })));
      groups.set(cycle.id, group);
    } catch (error) {
      if (!isUnpublished(error)) throw error;
      const fault = { code: 'CALENDAR_NOT_PUBLISHED', field: 'date', detail: error.message } as const;
      refused.push(...list.map(({ asked }): [string, Added] => [asked.reference, { outcome: 'REFUSED', fault }]));
    }
  }
  return { groups: [...groups.values()], refused };
}
