import { now } from '../../shared/time/clock.ts';
import * as ledger from '../ledger/published.ts';
import { askAgain } from './journal/booking/book-postings.ts';
import { RoleAccounts } from './journal/booking/role-accounts.ts';
import { retryParked } from './journal/retry-parked.ts';
import { defaultStore } from './store.ts';

/** Tries records of orders again that could not be computed, and asks the ledger again for postings that it refused. */
export async function handler(): Promise<void> {
  const store = defaultStore();
  await retryParked(store, now());
  await askAgain({ store, ledger }, new RoleAccounts(), now());
}
