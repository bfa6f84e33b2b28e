import { consumerHandler } from '../../shared/events/consume.ts';
import { isPosted, postTransfers } from '../ledger/published.ts';
import { RoleAccounts } from './journal/booking/role-accounts.ts';
import { carryOutStep } from './orders/booking/carry-out-step.ts';
import { stepsOf } from './orders/booking/steps-of-event.ts';
import { defaultJournalingStore } from './store.ts';

const accounts = new RoleAccounts();

/** Takes the money of refunds, gives back that of failed ones, and lets funders give to coupons of orders that are paid. */
export const handler = consumerHandler(async (event, now) => {
  for (const step of stepsOf(event))
    await carryOutStep({ store: defaultJournalingStore(), ledger: { isPosted, postTransfers } }, accounts, step, now);
});
