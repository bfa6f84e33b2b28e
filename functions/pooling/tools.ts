import { normaliseAccountNumber } from '../../shared/identifiers/account-number.ts';
import { keyedHash } from '../../shared/identifiers/keyed-hash.ts';
import { requireEnvironment } from '../../shared/service/environment.ts';
import type * as ledger from '../ledger/published.ts';
import {
  bindBook,
  openAccountOnce,
  postTransfers,
  readAccountStatement,
  readAccounts,
  readValueDatedBalances,
  transferIdOf,
} from '../ledger/published.ts';
import { rateBetween } from '../rates/published.ts';
import { defaultStore, type PoolingStore } from './store.ts';

/** What the use cases call of the ledger. */
export type Ledger = Pick<
  typeof ledger,
  | 'readAccounts'
  | 'openAccountOnce'
  | 'bindBook'
  | 'postTransfers'
  | 'transferIdOf'
  | 'readValueDatedBalances'
  | 'readAccountStatement'
>;

/** What use cases work with; tests give them a store and a ledger of their own. */
export interface PoolingTools {
  readonly store: PoolingStore;
  readonly ledger: Ledger;
  /** Rates of exchange, from the tenant's rate sets. */
  readonly rateBetween: typeof rateBetween;
  /** Keyed hash of an account number, in whatever spelling it comes. */
  readonly hashNumber: (number: string) => string;
}

export function poolingTools(): PoolingTools {
  return {
    store: defaultStore(),
    ledger: {
      ...{ readAccounts, openAccountOnce, bindBook, postTransfers },
      ...{ transferIdOf, readValueDatedBalances, readAccountStatement },
    },
    rateBetween,
    hashNumber: (number) => keyedHash(normaliseAccountNumber(number), requireEnvironment('NUMBER_HASH_KEY')),
  };
}
