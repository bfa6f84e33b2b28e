import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { CollectionTools } from '../tools.ts';
import { type LargeValue, largeValuesOf } from './large-value.ts';
import { type Settlement, settlementsOn } from './settlements.ts';

/** Blocks that are held in memory at once. */
const blocksAtOnceMax = 200;

/** The large values of a tenant's day, so far; summed from the collections themselves, which no counter can contradict. */
export async function findLargeValues(
  { store, hashNumber }: Pick<CollectionTools, 'store' | 'hashNumber'>,
  tenant: string,
  date: PlainDate,
): Promise<LargeValue[]> {
  const places = await store.readSettledBlocks(tenant, date);
  const settlements: Settlement[] = [];
  for (let from = 0; from < places.length; from += blocksAtOnceMax) {
    const blocks = await store.readBlocksOfBatches(tenant, places.slice(from, from + blocksAtOnceMax));
    for (const block of blocks) settlements.push(...settlementsOn(block, date));
  }
  const payers = await store.readPayers(
    tenant,
    settlements.map(({ mandateId }) => mandateId),
  );
  return largeValuesOf({ tenant, date, hashNumber }, settlements, payers);
}
