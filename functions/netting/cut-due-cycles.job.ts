import { now } from '../../shared/time/clock.ts';
import { cutDueCycles } from './cycles/cut-off.ts';
import { defaultStore } from './store.ts';

/** Cuts off the cycles whose time has come. */
export async function handler(): Promise<void> {
  const failures = await cutDueCycles(defaultStore(), now());
  if (failures.length > 0) throw new AggregateError(failures, 'Some cycles were not cut off.');
}
