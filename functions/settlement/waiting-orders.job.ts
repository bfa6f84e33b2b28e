import { now } from '../../shared/time/clock.ts';
import { isPosted, postTransfers } from '../ledger/published.ts';
import { RoleAccounts } from './journal/booking/role-accounts.ts';
import { askAgainForSteps } from './orders/booking/carry-out-step.ts';
import { takeKeptPayments } from './orders/take-kept-payments.ts';
import { defaultJournalingStore } from './store.ts';

/**
 * Asks the ledger again for refunds and subsidies whose money was not there, and takes payments whose order has come: both, before
 * the first failure of either is thrown.
 */
export async function handler(): Promise<void> {
  const store = defaultJournalingStore();
  const done = await Promise.allSettled([
    askAgainForSteps({ store, ledger: { isPosted, postTransfers } }, new RoleAccounts(), now()),
    takeKeptPayments(store, now()),
  ]);
  const failures = done.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  if (failures.length > 0) throw new AggregateError(failures, 'Some of what waits could not be done.');
}
