import { recordIdOfName } from './record-name.ts';
import type { LedgerStore } from './store.ts';

/** Whether an order with this name was posted; see `isPosted` in `published.ts`. */
export async function isOrderPosted(
  store: Pick<LedgerStore, 'readRecords'>,
  tenant: string,
  name: readonly string[],
): Promise<boolean> {
  const id = recordIdOfName(tenant, name);
  return (await store.readRecords(tenant, [id])).get(id)?.outcome === 'TRANSFER';
}
