import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { keyToPlain } from '../../shared/dynamo/key-records.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import type { KeyClaim } from '../../shared/http/key-claim.ts';
import { keys, merchantPlace } from './keys.ts';
import type { Merchant } from './merchants/merchant.ts';
import { merchantFromPlain, merchantToPlain } from './merchants/merchant-items.ts';
import { byMarketIndex } from './store-by-market.ts';

/** Merchants; reads by id are strongly consistent. */
export function merchantStore(client: DynamoDBClient, table: string) {
  const { get } = tableAccess(client, table);
  const { listIds } = byMarketIndex(client, table);
  const { putNew, putNext, write } = transactionParts(client, table);

  async function readMerchant(tenant: string, merchantId: string): Promise<Merchant | undefined> {
    const item = await get(keys.merchant(tenant, merchantId));
    return item && merchantFromPlain(item);
  }

  /** By id; those that do not exist are left out. */
  async function readMerchants(tenant: string, merchantIds: Iterable<string>): Promise<Map<string, Merchant>> {
    const wanted = [...new Set(merchantIds)].map((id) => keys.merchant(tenant, id));
    const found = (await batchGet(client, table, wanted)).map(merchantFromPlain);
    return new Map(found.map((merchant) => [merchant.id, merchant]));
  }

  /** A page of a market's merchants by id, from behind one; the index may lag a moment. */
  async function listMerchants(tenant: string, marketId: string, after: string | undefined, count: number) {
    const { ids, ...more } = await listIds(merchantPlace(tenant, marketId, '').marketOf, after, count);
    const found = await readMerchants(tenant, ids);
    const merchants = ids.flatMap((id) => found.get(id) ?? []);
    return { merchants, ...more };
  }

  /** A new merchant and the record of its key. Throws what DynamoDB throws. */
  const createMerchant = (merchant: Merchant, claim: KeyClaim) =>
    write([putNew(merchantToPlain(merchant)), putNew(keyToPlain(merchant.tenant, claim))]);

  /** The next state of a merchant, only over the one before it. Throws what DynamoDB throws. */
  const replaceMerchant = (next: Merchant) => write([putNext(merchantToPlain(next), next.revision - 1)]);

  return { readMerchant, readMerchants, listMerchants, createMerchant, replaceMerchant };
}
