import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { keys } from './keys.ts';
import { receiptFromPlain } from './receipts/receipt-items.ts';
import type { PageAsked } from './store-invoices.ts';
import { type ReceiptPage, shardsOfReceipts, type WhichReceipts } from './store-receipts.ts';

/** Days from one to another, both included. */
export interface Days {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Receipts in bulk. */
export function receiptShardStore(client: DynamoDBClient, table: string) {
  const { query } = tableAccess(client, table);

  /**
   * A page of receipts that were paid within some days, shard by shard: for whoever reads them all and in no order. The index may
   * lag a moment, and a receipt that leaves its place meanwhile may be met twice or not at all; a page may hold fewer than
   * `count`, `next` alone tells that there are more.
   */
  async function scanReceipts(
    tenant: string,
    which: WhichReceipts,
    { from = '', to = '' }: Days,
    { after, count }: PageAsked,
  ): Promise<ReceiptPage> {
    const shards = shardsOfReceipts(tenant, which);
    const [shardText = '0', ...rest] = (after ?? '0').split('|');
    const shard = Number(shardText);
    const behind = rest.join('|');
    const { items, lastKey } = await query({
      IndexName: 'byOpen',
      KeyConditionExpression: 'openOf = :of AND openAt BETWEEN :from AND :to',
      // No place ends in U+0000, and none goes on with U+FFFF.
      ExpressionAttributeValues: toItem({
        ':of': shards[shard] ?? '',
        ':from': behind === '' ? from || ' ' : `${behind}\u0000`,
        ':to': `${to}\uffff`,
      }),
      Limit: count,
    });
    const wanted = items.map(({ pk }) => keys.receipt(tenant, String(pk).slice(tenant.length + 1)));
    const found = (await batchGet(client, table, wanted)).filter(({ kind }) => kind === 'RECEIPT');
    const last = lastKey && items.at(-1);
    const next = last ? `${shard}|${String(last.openAt)}` : shard + 1 < shards.length ? `${shard + 1}|` : undefined;
    return { receipts: found.map(receiptFromPlain), ...(next !== undefined && { next }) };
  }

  return { scanReceipts };
}
