import type { Cycle } from '../cycles/cycle.ts';
import type { Owed } from '../positions/position.ts';
import type { NettingStore } from '../store.ts';

export interface EarlierClosings {
  /** References that stand in a later cycle by now. */
  readonly movedBefore: readonly string[];
  /** What was carried into later cycles, the other way round: here it counts as paid. */
  readonly takenBack: readonly Owed[];
}

/** What earlier closings of a cycle that was taken back have brought into later cycles: it stays there, and is not netted here. */
export async function readEarlier(store: Pick<NettingStore, 'readResultRows'>, cycle: Cycle): Promise<EarlierClosings> {
  const movedBefore: string[] = [];
  const takenBack: Owed[] = [];
  for (const { attempt, moved, carried } of cycle.earlier ?? []) {
    for (let block = 0; block < moved; block++) {
      for (const [reference] of await store.readResultRows(cycle, attempt, 'MOVED', block)) movedBefore.push(reference);
    }
    for (let block = 0; block < carried; block++) {
      for (const [payer, payee, currency, amount] of await store.readResultRows(cycle, attempt, 'CARRIED', block)) {
        takenBack.push({ payer: payee, payee: payer, currency, amount });
      }
    }
  }
  return { movedBefore, takenBack };
}
