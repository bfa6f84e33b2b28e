import { now } from '../../shared/time/clock.ts';
import { reconsiderPayouts } from './settlements/reconsider.ts';
import { payoutTools } from './tools.ts';

/** Looks at payouts that are open: held, short of funds, failed or returned, on their way; and at bills that wait. */
export async function handler(): Promise<void> {
  const failures = await reconsiderPayouts(payoutTools(), now());
  if (failures.length > 0) throw new AggregateError(failures, 'Some payouts were not looked at.');
}
