import { type DynamoDBClient, type TransactWriteItem, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { fromItem, type Plain, toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import type { BlockPlace } from './batches/batch.ts';
import type { Dispatch } from './dispatches/dispatch.ts';
import { keys } from './keys.ts';

/** Which blocks of a batch go into which message. */
export function dispatchStore(client: DynamoDBClient, table: string) {
  const { query } = tableAccess(client, table);

  /** The dispatches of a batch; as many as rails were tried, times how often. */
  async function readDispatches(tenant: string, batchId: string): Promise<Dispatch[]> {
    const { items } = await query({
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :dispatches)',
      ExpressionAttributeValues: toItem({ ':pk': keys.batch(tenant, batchId).pk, ':dispatches': 'M#' }),
      ConsistentRead: true,
    });
    return items.map(dispatchFromPlain);
  }

  /** Closes a dispatch, now or before, and answers who is in it. */
  async function closeDispatch(tenant: string, batchId: string, messageId: string): Promise<Dispatch> {
    const command = new UpdateItemCommand({
      TableName: table,
      Key: toItem(keys.dispatch(tenant, batchId, messageId)),
      UpdateExpression: 'SET closed = :closed',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: toItem({ ':closed': true }),
      ReturnValues: 'ALL_NEW',
    });
    const { Attributes = {} } = await client.send(command);
    return dispatchFromPlain(fromItem(Attributes));
  }

  return { readDispatches, closeDispatch };
}

/** That a block joins a dispatch, as a part of its own write: refused once the dispatch is closed. */
export function joinWrite(
  table: string,
  { tenant, batchId, block }: BlockPlace,
  { messageId, railId, group, number }: Dispatch,
): TransactWriteItem {
  return {
    Update: {
      TableName: table,
      Key: toItem(keys.dispatch(tenant, batchId, messageId)),
      UpdateExpression:
        'ADD #blocks :block SET #kind = :kind, messageId = :id, railId = :rail, #group = :group, #n = :n',
      ConditionExpression: 'attribute_not_exists(closed)',
      ExpressionAttributeNames: { '#blocks': 'blocks', '#kind': 'kind', '#group': 'group', '#n': 'number' },
      ExpressionAttributeValues: toItem({
        ':block': new Set([block]),
        ':kind': 'DISPATCH',
        ':id': messageId,
        ':rail': railId,
        ':group': group,
        ':n': number,
      }),
    },
  };
}

function dispatchFromPlain({ messageId, railId, group, number, blocks, closed }: Plain): Dispatch {
  return {
    messageId: String(messageId),
    railId: String(railId),
    group: Number(group),
    number: Number(number),
    blocks: Array.from(blocks as Iterable<bigint>, Number).sort((one, other) => one - other),
    closed: closed === true,
  };
}
