import * as ledger from '../ledger/published.ts';
import { defaultStore, type SettlementStore } from './store.ts';

/** What the use cases call of the ledger. */
export type Ledger = Pick<typeof ledger, 'readAccounts' | 'openAccountOnce'>;

/** What use cases work with; tests give them a store and a ledger of their own. */
export interface SettlementTools {
  readonly store: SettlementStore;
  readonly ledger: Ledger;
}

export function settlementTools(): SettlementTools {
  return { store: defaultStore(), ledger };
}
