import { sum } from '../../../shared/money/sum.ts';
import { placeOf } from '../batches/batch.ts';
import type { CollectionStore } from '../store.ts';

/** What the collections that went in a file have brought so far. */
export interface CollectedFile {
  readonly orders: number;
  readonly currency: string;
  /** Minor units; what went back later is not taken off. */
  readonly settled: bigint;
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
  const settled = sum(await settledOf(store, tenant, new Set(orders.map(({ id }) => id))));
  return { orders: orders.length, currency: first.currency, settled };
}

/** What came by orders, of each that brought some. */
async function settledOf(store: Reads, tenant: string, orderIds: ReadonlySet<string>): Promise<bigint[]> {
  const places = Array.from(orderIds, placeOf).flatMap((place) => place ?? []);
  const settled: bigint[] = [];
  for (const [batchId, ofBatch] of Map.groupBy(places, (place) => place.batchId)) {
    const numbers = [...new Set(ofBatch.map(({ block }) => block))];
    const blocks = await store.readBlocksAt(tenant, batchId, numbers);
    const tries = blocks.flatMap(({ items }) => items.flatMap((item) => item.tries));
    settled.push(...tries.flatMap((one) => (orderIds.has(one.orderId) ? (one.settled ?? []) : [])));
  }
  return settled;
}
