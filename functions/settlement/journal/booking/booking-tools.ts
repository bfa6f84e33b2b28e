import type * as ledger from '../../../ledger/published.ts';
import type { SettlementStore } from '../../store.ts';

/** What postings are booked with. */
export interface BookingTools {
  readonly store: Pick<
    SettlementStore,
    'readMarket' | 'readMerchants' | 'listChannels' | 'keepWaiting' | 'replaceWaiting' | 'listWaiting'
  >;
  readonly ledger: Pick<typeof ledger, 'postTransfers'>;
}
