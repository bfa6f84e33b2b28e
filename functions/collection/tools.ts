import type { WorkingDayCalendar } from '../../shared/calendar/calendar.ts';
import { chinaStateCouncil } from '../../shared/calendar/china-state-council.ts';
import { normaliseAccountNumber } from '../../shared/identifiers/account-number.ts';
import { keyedHash } from '../../shared/identifiers/keyed-hash.ts';
import { requireEnvironment } from '../../shared/service/environment.ts';
import type * as ledger from '../ledger/published.ts';
import {
  endHolds,
  holdTransfers,
  openAccountOnce,
  postTransfers,
  readAccounts,
  transferIdOf,
} from '../ledger/published.ts';
import { together } from './batches/ledger-together.ts';
import type { BankChannel } from './channels/bank-channel.ts';
import type { BankGateway } from './gateway/bank-gateway.ts';
import { gatewayOf } from './gateway/gateway-of.ts';
import { type CollectionStore, defaultStore } from './store.ts';
import { bankFiles } from './store-bank-files.ts';

/** What the use cases call of the ledger. */
export type Ledger = Pick<
  typeof ledger,
  'readAccounts' | 'openAccountOnce' | 'holdTransfers' | 'endHolds' | 'postTransfers' | 'transferIdOf'
>;

/** What use cases work with; tests give them stores, a ledger and a bank of their own. */
export interface CollectionTools {
  readonly store: CollectionStore;
  readonly ledger: Ledger;
  readonly gatewayOf: (channel: BankChannel) => BankGateway;
  /** The working days by which collections are tried again. */
  readonly calendar: WorkingDayCalendar;
  /** Keyed hash of an account number, in whatever spelling it comes. */
  readonly hashNumber: (number: string) => string;
}

export function collectionTools(): CollectionTools {
  const store = defaultStore();
  return {
    store,
    ledger: together({ readAccounts, openAccountOnce, holdTransfers, endHolds, postTransfers, transferIdOf }),
    gatewayOf: (channel) => gatewayOf(channel, { store, outbox: bankFiles() }),
    calendar: chinaStateCouncil,
    hashNumber: (number) => keyedHash(normaliseAccountNumber(number), requireEnvironment('NUMBER_HASH_KEY')),
  };
}
