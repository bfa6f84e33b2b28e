import { normaliseAccountNumber } from '../../shared/identifiers/account-number.ts';
import { keyedHash } from '../../shared/identifiers/keyed-hash.ts';
import { requireEnvironment } from '../../shared/service/environment.ts';
import type * as collection from '../collection/published.ts';
import type * as ledger from '../ledger/published.ts';
import { postTransfers, readAccounts, transferIdOf } from '../ledger/published.ts';
import type * as settlement from '../settlement/published.ts';
import type * as statements from '../statements/published.ts';
import { defaultStore, type ReceivablesStore } from './store.ts';

/** What the use cases call of the ledger. */
export type Ledger = Pick<typeof ledger, 'readAccounts' | 'postTransfers' | 'transferIdOf'>;

/** What use cases work with; tests give them a store and a ledger of their own. */
export interface ReceivablesTools {
  readonly store: ReceivablesStore;
  readonly ledger: Ledger;
  /** Keyed hash of an account number, in whatever spelling it comes. */
  readonly hashNumber: (number: string) => string;
}

/** What takes money that others tell of works with besides. */
export interface ToldTools extends ReceivablesTools {
  readonly collection: Pick<
    typeof collection,
    'accountsOfOrder' | 'collectedUnder' | 'filesOfOrder' | 'payerOfMandate'
  >;
  readonly statements: Pick<typeof statements, 'detailsOfEntry'>;
  readonly settlement: Pick<typeof settlement, 'legalEntityOfMarket'>;
}

export function receivablesTools(): ReceivablesTools {
  return {
    store: defaultStore(),
    ledger: { readAccounts, postTransfers, transferIdOf },
    hashNumber: (number) => keyedHash(normaliseAccountNumber(number), requireEnvironment('NUMBER_HASH_KEY')),
  };
}
