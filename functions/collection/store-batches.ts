import { type DynamoDBClient, type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { batchWriter } from '../../shared/dynamo/batch-writer.ts';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { packBlock, unpackBlock } from '../../shared/dynamo/record-blocks.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import type { Batch, Block } from './batches/batch.ts';
import type { CollectionItem } from './items/item.ts';
import { keys, openShard } from './keys.ts';
import type { Mandate } from './mandates/mandate.ts';
import { mandateFromPlain, usageFromPlain, usageToPlain } from './mandates/mandate-items.ts';
import type { MandateUsage } from './mandates/mandate-usage.ts';

/** A block to be written, and when it is to be looked at next; never, without. */
export interface BlockWrite {
  readonly block: Block;
  readonly dueAt: string | undefined;
}

/** Batches, their items in blocks, and the room of mandates that they take. */
export function batchStore(client: DynamoDBClient, table: string) {
  const { get } = tableAccess(client, table);

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
    if (!item) return undefined;
    return { tenant, batchId, block, revision: Number(item.revision), items: unpackBlock<CollectionItem>(item) };
  }

  async function readBlocks({ tenant, id, blocks }: Batch): Promise<Block[]> {
    const wanted = Array.from({ length: blocks }, (_, block) => keys.block(tenant, id, block));
    const items = await batchGet(client, table, wanted);
    return items
      .map((item) => ({
        tenant,
        batchId: id,
        block: Number(item.block),
        revision: Number(item.revision),
        items: unpackBlock<CollectionItem>(item),
      }))
      .sort((one, other) => one.block - other.block);
  }

  /** Stores the blocks of a new batch where nobody looks before the batch names them. */
  async function writeBlocks(writes: readonly BlockWrite[]): Promise<void> {
    const writer = batchWriter(client, table);
    for (const write of writes) await writer.put(blockToPlain(write));
    await writer.finish();
  }

  /** The batch and its number: only where neither stands. Throws what DynamoDB throws. */
  async function createBatch(batch: Batch): Promise<void> {
    const { tenant, id: batchId, number } = batch;
    await transact([
      put({ ...keys.batch(tenant, batchId), kind: 'BATCH', ...batch }, 'attribute_not_exists(pk)'),
      put({ ...keys.batchNumber(tenant, number), kind: 'BATCH_NUMBER', batchId }, 'attribute_not_exists(pk)'),
    ]);
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
    { block: next, dueAt }: BlockWrite,
    read: Block,
    usages: ReadonlyMap<string, MandateUsage> = new Map(),
  ): Promise<Block> {
    const { tenant, revision } = read;
    const written = { ...next, revision: revision + 1 };
    await transact([
      put(blockToPlain({ block: written, dueAt }), 'revision = :before', { ':before': revision }),
      ...[...usages].map(([mandateId, usage]) =>
        usage.revision === 0
          ? put(usageToPlain(tenant, mandateId, usage), 'attribute_not_exists(pk)')
          : put(usageToPlain(tenant, mandateId, usage), 'revision = :before', { ':before': usage.revision }),
      ),
    ]);
    return written;
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
    readBlocks,
    writeBlocks,
    createBatch,
    readMandatesInUse,
    replaceBlock,
  };
}

function blockToPlain({ block: { tenant, batchId, block, revision, items }, dueAt }: BlockWrite): Plain {
  return {
    ...keys.block(tenant, batchId, block),
    kind: 'BLOCK',
    batchId,
    block,
    revision,
    ...packBlock(items),
    ...(dueAt !== undefined && { timeOf: openShard(batchId, block), timeAt: dueAt }),
  };
}

function batchFromPlain({ pk: _pk, sk: _sk, kind: _kind, ...plain }: Plain): Batch {
  const { lines, refused, items, blocks, ...batch } = plain;
  const counts = { lines: Number(lines), refused: Number(refused), items: Number(items), blocks: Number(blocks) };
  return { ...(batch as unknown as Batch), ...counts };
}
