import type * as collection from '../collection/published.ts';
import { queryPayments, sendPayments } from '../collection/published.ts';
import type * as ledger from '../ledger/published.ts';
import { endHolds, holdTransfers, openAccountOnce, postTransfers, readAccounts } from '../ledger/published.ts';
import { rateBetween } from '../rates/published.ts';
import { defaultStore, type NettingStore } from './store.ts';

/** What use cases work with; tests give them a store and a ledger of their own. */
export interface NettingTools {
  readonly store: NettingStore;
  readonly ledger: Pick<typeof ledger, 'readAccounts'>;
}

/** What a cycle is netted with. */
export interface ClosingTools {
  readonly store: NettingStore;
  readonly rateBetween: typeof rateBetween;
}

export function closingTools(): ClosingTools {
  return { store: defaultStore(), rateBetween };
}

export function nettingTools(): NettingTools {
  return { store: defaultStore(), ledger: { readAccounts } };
}

/** What cycles are settled with. */
export interface CycleTools extends NettingTools {
  readonly ledger: Pick<typeof ledger, 'readAccounts' | 'openAccountOnce' | 'holdTransfers' | 'endHolds'>;
}

export function cycleTools(): CycleTools {
  return { store: defaultStore(), ledger: { readAccounts, openAccountOnce, holdTransfers, endHolds } };
}

/** What receivers are paid at their banks with. */
export interface BankTools {
  readonly store: NettingStore;
  readonly ledger: Pick<typeof ledger, 'postTransfers'>;
  readonly bank: Pick<typeof collection, 'sendPayments' | 'queryPayments'>;
}

export function bankTools(): BankTools {
  return { store: defaultStore(), ledger: { postTransfers }, bank: { sendPayments, queryPayments } };
}

/** What resolutions are settled with; the API moves no money and does not carry it. */
export interface SettlingTools extends NettingTools {
  readonly ledger: Pick<typeof ledger, 'readAccounts' | 'postTransfers' | 'holdTransfers' | 'endHolds'>;
}

export function settlingTools(): SettlingTools {
  return { store: defaultStore(), ledger: { readAccounts, postTransfers, holdTransfers, endHolds } };
}
