import { now } from '../../shared/time/clock.ts';
import { handOnOpenPayments } from './bank-payments/hand-on-open.ts';
import { closeDueCycles } from './closing/close-due-cycles.ts';
import { cutDueCycles } from './cycles/cut-off.ts';
import { resumeResolutions } from './resolutions/take-turn.ts';
import { settleDueCycles } from './settling/settle-due-cycles.ts';
import { defaultStore } from './store.ts';
import { handOnTellings } from './telling/hand-on-tellings.ts';

/**
 * Looks what is due by the clock, and hands it to those that do it: cycles to be cut off, closed and settled, payments that are on
 * their way to banks, what sources are to be told, resolutions of queues. One kind that fails keeps no other from its turn.
 */
export async function handler(): Promise<void> {
  const [store, instant] = [defaultStore(), now()];
  const failures: unknown[] = [];
  for (const lookFor of [
    cutDueCycles,
    closeDueCycles,
    settleDueCycles,
    handOnOpenPayments,
    handOnTellings,
    resumeResolutions,
  ]) {
    try {
      failures.push(...(await lookFor(store, instant)));
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some of what is due was not handed on.');
}
