import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import type { CollectedCredit, CollectedState } from './collected/collected-credit.ts';
import { collectedFromPlain, collectedToPlain } from './collected/collected-items.ts';
import { collectedOf, keys, openCollected } from './keys.ts';

/** What statements say came of files of collections; reads by id are strongly consistent. */
export function collectedStore(client: DynamoDBClient, table: string) {
  const { get, query } = tableAccess(client, table);
  const { putNew, putNext, write } = transactionParts(client, table);

  async function readCollected(tenant: string, id: string): Promise<CollectedCredit | undefined> {
    const item = await get(keys.collectedCredit(tenant, id));
    return item && collectedFromPlain(item);
  }

  /** A new one. Throws what DynamoDB throws. */
  const createCollected = (collected: CollectedCredit) => write([putNew(collectedToPlain(collected))]);

  /** Only where it still stands as it was read. Throws what DynamoDB throws. */
  const replaceCollected = (next: CollectedCredit, { revision }: CollectedCredit) =>
    write([putNext(collectedToPlain(next), revision)]);

  /** A page of those of a tenant in a state, the longest there first, from behind a place; the index may lag a moment. */
  async function listCollected(tenant: string, state: CollectedState, after: string | undefined, count: number) {
    const { items } = await query({
      IndexName: 'byList',
      KeyConditionExpression: after === undefined ? 'listOf = :of' : 'listOf = :of AND listAt > :after',
      ExpressionAttributeValues: toItem({
        ':of': collectedOf(tenant, state),
        ...(after !== undefined && { ':after': after }),
      }),
      Limit: count + 1,
    });
    const last = items.length > count ? items[count - 1] : undefined;
    return { page: items.slice(0, count).map(collectedFromPlain), ...(last && { next: String(last.listAt) }) };
  }

  /** A page of those of all tenants that differ; the index may lag a moment. */
  async function listDiffering(after: string | undefined, count: number) {
    const { items } = await query({
      IndexName: 'byOpen',
      KeyConditionExpression: after === undefined ? 'openOf = :of' : 'openOf = :of AND openAt > :after',
      ExpressionAttributeValues: toItem({ ':of': openCollected, ...(after !== undefined && { ':after': after }) }),
      Limit: count,
    });
    const places = items.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) }));
    const last = items.length === count ? items.at(-1) : undefined;
    return {
      collected: (await batchGet(client, table, places)).map(collectedFromPlain),
      ...(last && { next: String(last.openAt) }),
    };
  }

  return { readCollected, createCollected, replaceCollected, listCollected, listDiffering };
}
