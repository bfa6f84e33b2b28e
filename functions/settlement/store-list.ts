import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';

/** A page of what lies in a list over all tenants, as it stands; the index may lag a moment. */
export async function readList(
  client: DynamoDBClient,
  table: string,
  list: string,
  after: string | undefined,
  count: number,
) {
  const { items, lastKey } = await tableAccess(client, table).query({
    IndexName: 'byMarket',
    KeyConditionExpression: after === undefined ? 'marketOf = :of' : 'marketOf = :of AND marketAt > :after',
    ExpressionAttributeValues: toItem({ ':of': list, ...(after !== undefined && { ':after': after }) }),
    Limit: count,
  });
  const keys = items.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) }));
  return {
    found: await batchGet(client, table, keys),
    ...(lastKey && { next: String(items.at(-1)?.marketAt) }),
  };
}
