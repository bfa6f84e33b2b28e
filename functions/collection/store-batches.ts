import {
  type DynamoDBClient,
  PutItemCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { batchWriter } from '../../shared/dynamo/batch-writer.ts';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import type { Batch, Block } from './batches/batch.ts';
import {
  batchFromPlain,
  batchToPlain,
  blockFromPlain,
  blockToPlain,
  type RefusalBlock,
  refusalsToPlain,
  unzipped,
} from './batches/block-items.ts';
import type { RefusedLine } from './batches/refused-line.ts';
import { batchesOf, keys, openShards } from './keys.ts';
import type { Mandate } from './mandates/mandate.ts';
import { mandateFromPlain, usageFromPlain, usageToPlain } from './mandates/mandate-items.ts';
import type { MandateUsage } from './mandates/mandate-usage.ts';

/** Batches, their items in blocks, and the room of mandates that they take. */
export function batchStore(client: DynamoDBClient, table: string) {
  const { get, query, update } = tableAccess(client, table);

  async function readBatch(tenant: string, batchId: string): Promise<Batch | undefined> {
    const item = await get(keys.batch(tenant, batchId));
    return item && batchFromPlain(item);
  }

  /** The batch that has a number of the caller's. */
  async function readBatchNumber(tenant: string, number: string): Promise<string | undefined> {
    const item = await get(keys.batchNumber(tenant, number));
    return item && String(item.batchId);
  }

  async function readBlock(tenant: string, batchId: string, block: number): Promise<Block | undefined> {
    const item = await get(keys.block(tenant, batchId, block));
    return item && blockFromPlain(item);
  }

  /** A page of batches, the newest first, from behind a place; the index may lag a moment. */
  async function listBatches(tenant: string, before: string | undefined, count: number) {
    const { items } = await query({
      IndexName: 'byList',
      KeyConditionExpression: before === undefined ? 'listOf = :of' : 'listOf = :of AND listAt < :before',
      ExpressionAttributeValues: toItem({
        ':of': batchesOf(tenant),
        ...(before !== undefined && { ':before': before }),
      }),
      ScanIndexForward: false,
      Limit: count + 1,
    });
    const batches = items.slice(0, count).map((item) => ({ batch: batchFromPlain(item), at: String(item.listAt) }));
    return { batches, more: items.length > count };
  }

  /** The blocks of a batch from one on, up to but not including another; all of them unless told. */
  async function readBlocks({ tenant, id, blocks }: Batch, from = 0, to = blocks): Promise<Block[]> {
    const wanted = Array.from({ length: to - from }, (_, place) => keys.block(tenant, id, from + place));
    const items = await batchGet(client, table, wanted);
    return items.map(blockFromPlain).sort((one, other) => one.block - other.block);
  }

  /** Stores the blocks of a new batch where nobody looks before the batch names them. */
  async function writeBlocks(blocks: readonly Block[], refusals: readonly RefusalBlock[]): Promise<void> {
    const writer = batchWriter(client, table);
    for (const block of blocks) await writer.put(blockToPlain(block));
    for (const block of refusals) await writer.put(refusalsToPlain(block));
    await writer.finish();
  }

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

  /** Blocks of any tenant that are to be looked at by `until`; the index may lag a moment. */
  async function readDueBlocks(until: string, perShard: number): Promise<Block[]> {
    const pages = await Promise.all(
      openShards.map((shard) =>
        query({
          IndexName: 'byTime',
          KeyConditionExpression: 'timeOf = :of AND timeAt <= :until',
          ExpressionAttributeValues: toItem({ ':of': shard, ':until': until }),
          Limit: perShard,
        }),
      ),
    );
    return pages.flatMap(({ items }) => items.map(blockFromPlain));
  }

  /** The batch and its number: only where neither stands. Throws what DynamoDB throws. */
  async function createBatch(batch: Batch): Promise<void> {
    const { tenant, id: batchId, number } = batch;
    await transact([
      put(batchToPlain(batch), 'attribute_not_exists(pk)'),
      put({ ...keys.batchNumber(tenant, number), kind: 'BATCH_NUMBER', batchId }, 'attribute_not_exists(pk)'),
    ]);
  }

  /** Takes a block that no batch names out of those to be looked at: the one that wrote it never finished. */
  async function forgetBlock({ tenant, batchId, block }: Block): Promise<void> {
    await update(keys.block(tenant, batchId, block), {
      UpdateExpression: 'REMOVE timeOf, timeAt',
      ConditionExpression: 'revision = :first',
      ExpressionAttributeValues: toItem({ ':first': 1 }),
    });
  }

  /** Puts a block that could not be carried on behind the others. */
  async function putOffBlock({ tenant, batchId, block, revision }: Block, until: string): Promise<void> {
    await update(keys.block(tenant, batchId, block), {
      UpdateExpression: 'SET timeAt = :until',
      ConditionExpression: 'revision = :revision AND attribute_exists(timeOf)',
      ExpressionAttributeValues: toItem({ ':revision': revision, ':until': until }),
    });
  }

  /** Which mandates have agreement numbers. */
  async function readAgreements(tenant: string, numbers: Iterable<string>): Promise<Map<string, string>> {
    const wanted = [...new Set(numbers)].map((number) => keys.agreement(tenant, number));
    const items = await batchGet(client, table, wanted);
    const before = keys.agreement(tenant, '').pk.length;
    return new Map(items.map(({ pk, mandateId }) => [String(pk).slice(before), String(mandateId)]));
  }

  async function readMandates(tenant: string, mandateIds: Iterable<string>): Promise<Map<string, Mandate>> {
    const wanted = [...new Set(mandateIds)].map((id) => keys.mandate(tenant, id));
    const items = await batchGet(client, table, wanted);
    return new Map(items.map((item) => [String(item.id), mandateFromPlain(item)]));
  }

  /** Mandates and what they have been used for, by id. */
  async function readMandatesInUse(tenant: string, mandateIds: readonly string[]) {
    const ids = [...new Set(mandateIds)];
    const wanted = ids.flatMap((id) => [keys.mandate(tenant, id), keys.usage(tenant, id)]);
    const items = await batchGet(client, table, wanted);
    const mandates = new Map<string, Mandate>();
    const usages = new Map<string, MandateUsage>();
    for (const item of items) {
      if (item.kind === 'MANDATE') mandates.set(String(item.id), mandateFromPlain(item));
      else usages.set(String(item.pk).slice(tenant.length + 1), usageFromPlain(item));
    }
    return { mandates, usages };
  }

  /**
   * The next state of a block, with the room that it takes or gives back; all or nothing, and only where none of it was
   * changed since it was read. Throws what DynamoDB throws.
   */
  async function replaceBlock(
    next: Block,
    { tenant, revision }: Block,
    usages: ReadonlyMap<string, MandateUsage> = new Map(),
  ): Promise<void> {
    const written = put(blockToPlain({ ...next, revision: revision + 1 }), 'revision = :before', {
      ':before': revision,
    });
    // One write by itself costs half of what it costs in a transaction.
    if (usages.size === 0 && written.Put) await client.send(new PutItemCommand(written.Put));
    else await replaceWithUsages(tenant, written, usages);
  }

  async function replaceWithUsages(
    tenant: string,
    written: TransactWriteItem,
    usages: ReadonlyMap<string, MandateUsage>,
  ): Promise<void> {
    await transact([
      written,
      ...[...usages].map(([mandateId, usage]) =>
        usage.revision === 0
          ? put(usageToPlain(tenant, mandateId, usage), 'attribute_not_exists(pk)')
          : put(usageToPlain(tenant, mandateId, usage), 'revision = :before', { ':before': usage.revision }),
      ),
    ]);
  }

  async function transact(TransactItems: TransactWriteItem[]): Promise<void> {
    await client.send(new TransactWriteItemsCommand({ TransactItems }));
  }

  const put = (item: Plain, condition: string, values?: Plain): TransactWriteItem => ({
    Put: {
      TableName: table,
      Item: toItem(item),
      ConditionExpression: condition,
      ...(values && { ExpressionAttributeValues: toItem(values) }),
    },
  });

  return {
    readBatch,
    readBatchNumber,
    readBlock,
    listBatches,
    readBlocks,
    writeBlocks,
    createBatch,
    forgetBlock,
    putOffBlock,
    readAgreements,
    readMandates,
    readMandatesInUse,
    readRefusals,
    readDueBlocks,
    replaceBlock,
  };
}
