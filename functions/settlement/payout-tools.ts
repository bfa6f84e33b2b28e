import * as collection from '../collection/published.ts';
import * as ledger from '../ledger/published.ts';
import { defaultStore, type SettlementStore } from './store.ts';

/** What settles days with, and pays out by: tests give it a store, a ledger and a bank of their own. */
export interface PayoutTools {
  readonly store: SettlementStore;
  readonly ledger: Pick<typeof ledger, 'postTransfers'>;
  readonly bank: Pick<typeof collection, 'sendPayments' | 'queryPayments'>;
}

export function payoutTools(): PayoutTools {
  return { store: defaultStore(), ledger, bank: collection };
}
