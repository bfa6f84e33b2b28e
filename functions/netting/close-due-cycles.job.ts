import { now } from '../../shared/time/clock.ts';
import { closeDueCycles } from './closing/close-due-cycles.ts';
import { defaultStore } from './store.ts';

/** Has the cycles closed whose confirmation is over. */
export async function handler(): Promise<void> {
  const failures = await closeDueCycles(defaultStore(), now());
  if (failures.length > 0) throw new AggregateError(failures, 'Some cycles were not closed.');
}
