import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import type { KeyClaim } from '../../shared/http/key-claim.ts';
import { keyToPlain } from './key-items.ts';
import { keys, merchantPlace } from './keys.ts';
import type { Merchant } from './merchants/merchant.ts';
import { merchantFromPlain, merchantToPlain } from './merchants/merchant-items.ts';

/** Merchants; reads by id are strongly consistent. */
export function merchantStore(client: DynamoDBClient, table: string) {
  const { get, query } = tableAccess(client, table);
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
    const { items } = await query({
      IndexName: 'byMarket',
      KeyConditionExpression: after === undefined ? 'marketOf = :of' : 'marketOf = :of AND marketAt > :after',
      ExpressionAttributeValues: toItem({
        ':of': merchantPlace(tenant, marketId, '').marketOf,
        ...(after !== undefined && { ':after': after }),
      }),
      Limit: count + 1,
    });
    const ids = items.slice(0, count).map(({ marketAt }) => String(marketAt));
    const found = await readMerchants(tenant, ids);
    const merchants = ids.flatMap((id) => found.get(id) ?? []);
    return { merchants, ...(items.length > count && { next: ids.at(-1) ?? '' }) };
  }

  /** A new merchant and the record of its key. Throws what DynamoDB throws. */
  const createMerchant = (merchant: Merchant, claim: KeyClaim) =>
    write([putNew(merchantToPlain(merchant)), putNew(keyToPlain(merchant.tenant, claim))]);

  /** The next state of a merchant, only over the one before it. Throws what DynamoDB throws. */
  const replaceMerchant = (next: Merchant) => write([putNext(merchantToPlain(next), next.revision - 1)]);

  return { readMerchant, readMerchants, listMerchants, createMerchant, replaceMerchant };
}
