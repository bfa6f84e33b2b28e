import { now } from '../../shared/time/clock.ts';
import { isPosted, postTransfers } from '../ledger/published.ts';
import { RoleAccounts } from './journal/booking/role-accounts.ts';
import { askAgainForSteps } from './orders/booking/carry-out-step.ts';
import { defaultStore } from './store.ts';

/** Asks the ledger again for refunds and subsidies whose money was not there. */
export async function handler(): Promise<void> {
  await askAgainForSteps({ store: defaultStore(), ledger: { isPosted, postTransfers } }, new RoleAccounts(), now());
}
