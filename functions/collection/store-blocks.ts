import {
  type DynamoDBClient,
  PutItemCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { PlainDate } from '../../shared/calendar/plain-date.ts';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import type { Batch, Block, BlockPlace } from './batches/batch.ts';
import type { ClosedBlock } from './batches/batch-progress.ts';
import { blockFromPlain, blockToPlain } from './batches/block-items.ts';
import type { Dispatch } from './dispatches/dispatch.ts';
import { keys, openShards, placeOfKey } from './keys.ts';
import { settledDayToPlain } from './large-values/large-value-items.ts';
import { usageToPlain } from './mandates/mandate-items.ts';
import type { MandateUsage } from './mandates/mandate-usage.ts';
import { joinWrite } from './store-dispatches.ts';

/** What is written together with the next state of a block. */
export interface BlockEffects {
  /** The room that it takes or gives back, by mandate. */
  readonly usages: ReadonlyMap<string, MandateUsage>;
  /** The messages that it joins. */
  readonly joins: readonly Dispatch[];
  /** What it adds to the progress of its batch. */
  readonly closed: ClosedBlock | undefined;
  /** The days that it has new money of. */
  readonly settledDays: readonly PlainDate[];
}

/** The items of batches, in blocks. */
export function blockStore(client: DynamoDBClient, table: string) {
  const { get, query, update } = tableAccess(client, table);

  async function readBlock(tenant: string, batchId: string, block: number): Promise<Block | undefined> {
    const item = await get(keys.block(tenant, batchId, block));
    return item && blockFromPlain(item);
  }

  /** The blocks of a batch from one on, up to but not including another; all of them unless told. */
  async function readBlocks({ tenant, id, blocks }: Batch, from = 0, to = blocks): Promise<Block[]> {
    return await readBlocksAt(
      tenant,
      id,
      Array.from({ length: to - from }, (_, place) => from + place),
    );
  }

  /** Blocks by their numbers, in the order of these. */
  async function readBlocksAt(tenant: string, batchId: string, numbers: readonly number[]): Promise<Block[]> {
    const wanted = numbers.map((number) => keys.block(tenant, batchId, number));
    const items = await batchGet(client, table, wanted);
    return items.map(blockFromPlain).sort((one, other) => one.block - other.block);
  }

  /** Blocks of any tenant that are to be looked at by `until`; the index may lag a moment. */
  async function readDueBlocks(until: string, perShard: number): Promise<BlockPlace[]> {
    const pages = await Promise.all(
      openShards.map((shard) =>
        query({
          IndexName: 'byDue',
          KeyConditionExpression: 'dueOf = :of AND dueAt <= :until',
          ExpressionAttributeValues: toItem({ ':of': shard, ':until': until }),
          Limit: perShard,
        }),
      ),
    );
    return pages.flatMap(({ items }) => items.map(({ pk, sk }) => placeOfKey(String(pk), String(sk))));
  }

  /** Takes a block that no batch names out of those to be looked at: the one that wrote it never finished. */
  async function forgetBlock({ tenant, batchId, block }: BlockPlace): Promise<void> {
    await update(keys.block(tenant, batchId, block), {
      UpdateExpression: 'REMOVE dueOf, dueAt',
      ConditionExpression: 'revision = :first',
      ExpressionAttributeValues: toItem({ ':first': 1 }),
    });
  }

  /** Puts a block that could not be carried on behind the others. */
  async function putOffBlock({ tenant, batchId, block }: BlockPlace, until: string): Promise<void> {
    await update(keys.block(tenant, batchId, block), {
      UpdateExpression: 'SET dueAt = :until',
      ConditionExpression: 'attribute_exists(dueOf)',
      ExpressionAttributeValues: toItem({ ':until': until }),
    });
  }

  /**
   * The next state of a block with what goes with it; all or nothing, and only where none of it was changed since it was
   * read. Throws what DynamoDB throws.
   */
  async function replaceBlock(next: Block, { tenant, revision }: Block, effects: BlockEffects): Promise<void> {
    const { usages, joins, closed, settledDays } = effects;
    const item = blockToPlain({ ...next, revision: revision + 1 });
    const written = put(item, 'revision = :before', { ':before': revision });
    const others = [
      ...[...usages].map(([mandateId, usage]) => usageWrite(tenant, mandateId, usage)),
      ...joins.map((dispatch) => joinWrite(table, next, dispatch)),
      ...(closed ? [progressWrite(next, closed)] : []),
      ...settledDays.map((date) => ({ Put: { TableName: table, Item: toItem(settledDayToPlain(next, date)) } })),
    ];
    // One write by itself costs half of what it costs in a transaction.
    if (others.length === 0) await client.send(new PutItemCommand(written));
    else await client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put: written }, ...others] }));
  }

  function usageWrite(tenant: string, mandateId: string, usage: MandateUsage): TransactWriteItem {
    const item = usageToPlain(tenant, mandateId, usage);
    if (usage.revision === 0) return { Put: put(item, 'attribute_not_exists(pk)') };
    return { Put: put(item, 'revision = :before', { ':before': usage.revision }) };
  }

  function progressWrite({ tenant, batchId, changedAt }: Block, closed: ClosedBlock): TransactWriteItem {
    const { blocks, settled, failed, returned, cancelled } = closed;
    const add = 'ADD closed :blocks, settled :settled, failed :failed, returned :returned, cancelled :cancelled';
    return {
      Update: {
        TableName: table,
        Key: toItem(keys.batchProgress(tenant, batchId)),
        // When the last block closed is when the batch ended.
        UpdateExpression: blocks === 0 ? add : `${add} SET #at = :at`,
        ConditionExpression: 'attribute_exists(pk)',
        ...(blocks > 0 && { ExpressionAttributeNames: { '#at': 'at' } }),
        ExpressionAttributeValues: toItem({
          ':blocks': blocks,
          ':settled': settled,
          ':failed': failed,
          ':returned': returned,
          ':cancelled': cancelled,
          ...(blocks > 0 && { ':at': changedAt }),
        }),
      },
    };
  }

  const put = (item: Plain, condition: string, values?: Plain) => ({
    TableName: table,
    Item: toItem(item),
    ConditionExpression: condition,
    ...(values && { ExpressionAttributeValues: toItem(values) }),
  });

  return { readBlock, readBlocks, readBlocksAt, readDueBlocks, forgetBlock, putOffBlock, replaceBlock };
}
