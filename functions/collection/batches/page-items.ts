import { type CollectionItem, type ItemState, itemState } from '../items/item.ts';
import type { CollectionStore } from '../store.ts';
import { type Batch, itemsPerBlockMax } from './batch.ts';

/** Blocks that one page looks through, at most. */
const blocksPerPageMax = 60;

/** What is left out is not asked about. */
export interface ItemFilter {
  readonly state?: ItemState | undefined;
  /** Only those of which a bank told against the end of an order. */
  readonly contradicted?: boolean | undefined;
}

export interface ItemPage {
  readonly items: readonly CollectionItem[];
  /** The place of the first item of the next page. */
  readonly next?: number;
}

/** Items of a batch in the order of its lines, from a place on. A page with a filter may hold fewer and still have a next. */
export async function pageItems(
  store: Pick<CollectionStore, 'readBlocks'>,
  batch: Batch,
  from: number,
  count: number,
  wanted: ItemFilter,
): Promise<ItemPage> {
  const first = Math.floor(from / itemsPerBlockMax);
  const filter = filterOf(wanted);
  const blocks = filter ? blocksPerPageMax : Math.ceil(count / itemsPerBlockMax) + 1;
  const last = Math.min(first + blocks, batch.blocks);
  const read = await store.readBlocks(batch, first, last);
  const found: CollectionItem[] = [];
  for (const { block, items } of read) {
    for (const [place, item] of items.entries()) {
      const index = block * itemsPerBlockMax + place;
      if (index < from || (filter && !filter(item))) continue;
      if (found.length === count) return { items: found, next: index };
      found.push(item);
    }
  }
  return last < batch.blocks ? { items: found, next: last * itemsPerBlockMax } : { items: found };
}

function filterOf({ state, contradicted }: ItemFilter): ((item: CollectionItem) => boolean) | undefined {
  if (!state && !contradicted) return undefined;
  return (item) => (!state || itemState(item) === state) && (!contradicted || item.contradicted !== undefined);
}
