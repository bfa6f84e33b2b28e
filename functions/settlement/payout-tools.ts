import * as collection from '../collection/published.ts';
import * as ledger from '../ledger/published.ts';
import { defaultStore } from './store.ts';
import type { PayoutTools } from './tools.ts';

/** What pays out works with. It is by itself: whatever serves the API has nothing of banks in its code. */
export function payoutTools(): PayoutTools {
  return { store: defaultStore(), ledger, bank: collection };
}
