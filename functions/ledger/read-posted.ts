import { recordIdOfName } from './record-name.ts';
import type { LedgerStore } from './store.ts';
import type { Leg } from './transfer.ts';

/** The legs of orders with these names; see `readPosted` in `published.ts`. */
export async function readPostedOrders(
  store: Pick<LedgerStore, 'readRecords'>,
  tenant: string,
  names: readonly (readonly string[])[],
): Promise<(readonly Leg[] | undefined)[]> {
  const ids = names.map((name) => recordIdOfName(tenant, name));
  const records = await store.readRecords(tenant, ids);
  return ids.map((id) => {
    const record = records.get(id);
    if (record?.outcome !== 'TRANSFER') return undefined;
    const { status, legs, reversedBy } = record.transfer;
    return status === 'POSTED' && reversedBy === undefined ? legs : undefined;
  });
}
