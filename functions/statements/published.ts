/** What other capabilities may call. Everything else of statements is its own. */

import { accountIdsByNumbers } from '../ledger/published.ts';
import type { ToldDetail } from './events.ts';
import { defaultStore } from './store.ts';
import { type EntryPlace, tellDetails } from './tell-details.ts';
import { hashNumber } from './tools.ts';

/**
 * The first `most` transactions of an entry: an event that tells of a long batch carries only a few of them. Each is as the event
 * tells it. Throws where there is no such entry.
 */
export function detailsOfEntry(tenant: string, place: EntryPlace, most: number): Promise<ToldDetail[]> {
  return tellDetails(defaultStore(), tenant, place, most, hashNumber, accountIdsByNumbers);
}
