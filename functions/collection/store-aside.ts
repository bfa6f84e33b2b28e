import { DeleteItemCommand, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { writeRetried } from '../../shared/dynamo/write-retried.ts';
import type { BlockPlace } from './batches/batch.ts';
import { asideShard, asideShards, keys, placeOfKey } from './keys.ts';

/** A block whose inbox is to be taken into it, and from when on. */
export interface BlockAside extends BlockPlace {
  readonly dueAt: string;
}

/** Blocks into which reports could not be taken when they came; there are none, most of the time. */
export function asideStore(client: DynamoDBClient, table: string) {
  const { query } = tableAccess(client, table);

  /** Notes that the inbox of a block is to be taken into it, from an instant on. */
  async function putBlockAside({ tenant, batchId, block }: BlockPlace, dueAt: string): Promise<void> {
    const due = { dueOf: asideShard(batchId, block), dueAt };
    const item = { ...keys.blockAside(tenant, batchId, block), kind: 'BLOCK_ASIDE', ...due };
    await writeRetried(() => client.send(new PutItemCommand({ TableName: table, Item: toItem(item) })));
  }

  /** Blocks of any tenant that were put aside until then; the index may lag a moment. */
  async function readBlocksAside(until: string, perShard: number): Promise<BlockAside[]> {
    const pages = await Promise.all(
      asideShards.map((shard) =>
        query({
          IndexName: 'byDue',
          KeyConditionExpression: 'dueOf = :of AND dueAt <= :until',
          ExpressionAttributeValues: toItem({ ':of': shard, ':until': until }),
          Limit: perShard,
        }),
      ),
    );
    return pages.flatMap(({ items }) =>
      items.map(({ pk, sk, dueAt }) => ({ ...placeOfKey(String(pk), String(sk)), dueAt: String(dueAt) })),
    );
  }

  /** Nothing of it is to be taken any more, unless it was put aside anew. */
  async function forgetBlockAside({ tenant, batchId, block }: BlockPlace, dueAt: string): Promise<void> {
    const command = new DeleteItemCommand({
      TableName: table,
      Key: toItem(keys.blockAside(tenant, batchId, block)),
      ConditionExpression: 'dueAt = :read',
      ExpressionAttributeValues: toItem({ ':read': dueAt }),
    });
    await writeRetried(() => client.send(command));
  }

  return { putBlockAside, readBlocksAside, forgetBlockAside };
}
