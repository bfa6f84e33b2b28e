import { sum } from '../../../shared/money/sum.ts';
import { placeOf } from '../batches/batch.ts';
import type { Try } from '../items/item.ts';
import type { CollectionStore } from '../store.ts';

/** What the collections that went in a file have brought so far. */
export interface CollectedFile {
  readonly orders: number;
  readonly currency: string;
  /** Minor units; what went back later is not taken off. */
  readonly settled: bigint;
  /** Of it, what went back (退汇). */
  readonly returned: bigint;
}

type Reads = Pick<CollectionStore, 'readOrdersUnder' | 'readBlocksAt'>;

/** The ids under which files go: 26 digits and capitals. */
const fileIdForm = /^[0-9A-Z]{26}$/;

/** What came of a file by the id of its message, or of a payment information in it; undefined where no collections went under it. */
export async function collectedFile(store: Reads, tenant: string, fileId: string): Promise<CollectedFile | undefined> {
  if (!fileIdForm.test(fileId)) return undefined;
  const orders = await store.readOrdersUnder(tenant, fileId);
  const [first] = orders;
  if (first?.direction !== 'COLLECT') return undefined;
  const tries = await triesOf(store, tenant, new Set(orders.map(({ id }) => id)));
  const total = (of: 'settled' | 'returned') => sum(tries.map((one) => one[of] ?? 0n));
  return {
    ...{ orders: orders.length, currency: first.currency },
    ...{ settled: total('settled'), returned: total('returned') },
  };
}

/** What became of orders. */
async function triesOf(store: Reads, tenant: string, orderIds: ReadonlySet<string>): Promise<Try[]> {
  const places = Array.from(orderIds, placeOf).flatMap((place) => place ?? []);
  const found: Try[] = [];
  for (const [batchId, ofBatch] of Map.groupBy(places, (place) => place.batchId)) {
    const numbers = [...new Set(ofBatch.map(({ block }) => block))];
    const blocks = await store.readBlocksAt(tenant, batchId, numbers);
    const tries = blocks.flatMap(({ items }) => items.flatMap((item) => item.tries));
    found.push(...tries.filter(({ orderId }) => orderIds.has(orderId)));
  }
  return found;
}
