import { unlessOvertaken } from '../../../shared/runs/replace-run.ts';
import type { NettingStore } from '../store.ts';
import type { Telling } from '../telling/telling.ts';
import type { Cycle } from './cycle.ts';

/**
 * The next state of a cycle, and the telling that begins with it; nothing where another was faster. Throws what DynamoDB throws, where it
 * did not take the write.
 */
export async function advance(
  store: Pick<NettingStore, 'replaceCycle'>,
  cycle: Cycle,
  changes: Partial<Cycle>,
  now: Date,
  begins?: Telling,
): Promise<Cycle | undefined> {
  const next: Cycle = { ...cycle, ...changes, revision: cycle.revision + 1, changedAt: now.toISOString() };
  return unlessOvertaken(next, () => store.replaceCycle(next, begins));
}
