import { now } from '../../shared/time/clock.ts';
import { postTransfers } from '../ledger/published.ts';
import { askAgain } from './journal/booking/book-postings.ts';
import { RoleAccounts } from './journal/booking/role-accounts.ts';
import { retryParked } from './journal/retry-parked.ts';
import { defaultJournalingStore } from './store.ts';

/**
 * Tries records of orders again that could not be computed, and asks the ledger again for postings that it refused: both, before the
 * first failure of either is thrown.
 */
export async function handler(): Promise<void> {
  const store = defaultJournalingStore();
  const done = await Promise.allSettled([
    retryParked(store, now()),
    askAgain({ store, ledger: { postTransfers } }, new RoleAccounts(), now()),
  ]);
  const failures = done.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  if (failures.length > 0) throw new AggregateError(failures, 'Some of what waits could not be tried again.');
}
