import { type DynamoDBClient, type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { batchWriter } from '../../shared/dynamo/batch-writer.ts';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import type { Batch, Block } from './batches/batch.ts';
import {
  batchFromPlain,
  batchToPlain,
  blockToPlain,
  type RefusalBlock,
  refusalsToPlain,
  unzipped,
} from './batches/block-items.ts';
import { type BatchProgress, progressFromPlain, progressToPlain } from './batches/progress-items.ts';
import type { RefusedLine } from './batches/refused-line.ts';
import { keys } from './keys.ts';

/** Batches, which of them has a number, and their refused lines. */
export function batchStore(client: DynamoDBClient, table: string) {
  const { get, query } = tableAccess(client, table);

  async function readBatch(tenant: string, batchId: string): Promise<Batch | undefined> {
    const item = await get(keys.batch(tenant, batchId));
    return item && batchFromPlain(item);
  }

  /** The batch that has a number of the caller's. */
  async function readBatchNumber(tenant: string, number: string): Promise<string | undefined> {
    const item = await get(keys.batchNumber(tenant, number));
    return item && String(item.batchId);
  }

  /** How far batches have come, by their ids. */
  async function readProgress(tenant: string, batchIds: readonly string[]): Promise<Map<string, BatchProgress>> {
    const wanted = batchIds.map((id) => keys.batchProgress(tenant, id));
    const read = (await batchGet(client, table, wanted)).map(progressFromPlain);
    return new Map(read.map((progress) => [progress.batchId, progress]));
  }

  /** A page of a list of batches, the newest first, from behind a place; the index may lag a moment. */
  async function listBatches(list: string, before: string | undefined, count: number) {
    const { items } = await query({
      IndexName: 'byList',
      KeyConditionExpression: before === undefined ? 'listOf = :of' : 'listOf = :of AND listAt < :before',
      ExpressionAttributeValues: toItem({
        ':of': list,
        ...(before !== undefined && { ':before': before }),
      }),
      ScanIndexForward: false,
      Limit: count + 1,
    });
    const batches = items.slice(0, count).map((item) => ({ batch: batchFromPlain(item), at: String(item.listAt) }));
    return { batches, more: items.length > count };
  }

  /** Stores the blocks of a new batch where nobody looks before the batch names them. */
  async function writeBlocks(blocks: readonly Block[], refusals: readonly RefusalBlock[]): Promise<void> {
    const writer = batchWriter(client, table);
    for (const block of blocks) await writer.put(blockToPlain(block));
    for (const block of refusals) await writer.put(refusalsToPlain(block));
    await writer.finish();
  }

  /** The batch, its number and its progress: only where none of them stands. Throws what DynamoDB throws. */
  async function createBatch(batch: Batch): Promise<void> {
    const { tenant, id: batchId, number } = batch;
    const TransactItems = [
      putNew(batchToPlain(batch)),
      putNew({ ...keys.batchNumber(tenant, number), kind: 'BATCH_NUMBER', batchId }),
      putNew(progressToPlain(batch)),
    ];
    await client.send(new TransactWriteItemsCommand({ TransactItems }));
  }

  const putNew = (item: Plain): TransactWriteItem => ({
    Put: { TableName: table, Item: toItem(item), ConditionExpression: 'attribute_not_exists(pk)' },
  });

  /** Why lines of a batch were refused, in the order of the lines. */
  async function readRefusals(tenant: string, batchId: string): Promise<RefusedLine[]> {
    const found: RefusedLine[] = [];
    let after: Awaited<ReturnType<typeof query>>['lastKey'];
    do {
      const { items, lastKey } = await query({
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :refusals)',
        ExpressionAttributeValues: toItem({ ':pk': keys.batch(tenant, batchId).pk, ':refusals': 'X#' }),
        ConsistentRead: true,
        ...(after && { ExclusiveStartKey: after }),
      });
      found.push(...items.flatMap((item) => unzipped<RefusedLine>(item)));
      after = lastKey;
    } while (after);
    return found;
  }

  return { readBatch, readBatchNumber, readProgress, listBatches, writeBlocks, createBatch, readRefusals };
}
