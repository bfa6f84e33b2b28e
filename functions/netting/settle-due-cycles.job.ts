import { now } from '../../shared/time/clock.ts';
import { settleDueCycles } from './settling/settle-due-cycles.ts';
import { defaultStore } from './store.ts';

/** Has the cycles settled whose value date has come, and asks again for those that wait for funds. */
export async function handler(): Promise<void> {
  const failures = await settleDueCycles(defaultStore(), now());
  if (failures.length > 0) throw new AggregateError(failures, 'Some cycles were not settled.');
}
