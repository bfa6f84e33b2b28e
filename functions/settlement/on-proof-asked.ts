import { consumerHandler } from '../../shared/events/consume.ts';
import { now } from '../../shared/time/clock.ts';
import { readAccounts } from '../ledger/published.ts';
import { carryOutProof } from './journal/proof/carry-out-proof.ts';
import { defaultProvingStore } from './store.ts';

/** Proves markets that somebody asked to have proved. */
export const handler = consumerHandler(({ id, tenant, subject: marketId }) =>
  carryOutProof({ store: defaultProvingStore(), ledger: { readAccounts } }, { tenant, marketId }, id, now),
);
