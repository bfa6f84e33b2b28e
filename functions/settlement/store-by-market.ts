import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';

/** The index of what a market has many of; it may lag a moment. */
export function byMarketIndex(client: DynamoDBClient, table: string) {
  const { query } = tableAccess(client, table);

  /** A page of ids from behind one; `next` is where it goes on. */
  async function listIds(marketOf: string, after: string | undefined, count: number) {
    const { items } = await query({
      IndexName: 'byMarket',
      KeyConditionExpression: after === undefined ? 'marketOf = :of' : 'marketOf = :of AND marketAt > :after',
      ExpressionAttributeValues: toItem({ ':of': marketOf, ...(after !== undefined && { ':after': after }) }),
      Limit: count + 1,
    });
    const ids = items.slice(0, count).map(({ marketAt }) => String(marketAt));
    return { ids, ...(items.length > count && { next: ids.at(-1) ?? '' }) };
  }

  return { listIds };
}
