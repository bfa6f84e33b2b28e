import type * as collection from '../collection/published.ts';
import { queryPayments, sendPayments } from '../collection/published.ts';
import type * as ledger from '../ledger/published.ts';
import { openAccountOnce, postTransfers, readAccounts } from '../ledger/published.ts';
import { defaultStore, type SettlementStore } from './store.ts';

/** What the use cases call of the ledger. */
export type Ledger = Pick<typeof ledger, 'readAccounts' | 'openAccountOnce'>;

/** What use cases work with; tests give them a store and a ledger of their own. */
export interface SettlementTools {
  readonly store: SettlementStore;
  readonly ledger: Ledger;
}

export function settlementTools(): SettlementTools {
  return { store: defaultStore(), ledger: { readAccounts, openAccountOnce } };
}

/** What settles days with, and pays out by: tests give it a store, a ledger and a bank of their own. */
export interface PayoutTools {
  readonly store: SettlementStore;
  readonly ledger: Pick<typeof ledger, 'postTransfers' | 'readAccounts'>;
  readonly bank: Pick<typeof collection, 'sendPayments' | 'queryPayments'>;
}

export function payoutTools(): PayoutTools {
  return { store: defaultStore(), ledger: { postTransfers, readAccounts }, bank: { sendPayments, queryPayments } };
}
