import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { batchWriter } from '../../shared/dynamo/batch-writer.ts';
import { toItem } from '../../shared/dynamo/items.ts';
import type { TableAccess } from '../../shared/dynamo/table-access.ts';
import type { EntryDetail } from '../../shared/formats/statement-events.ts';
import { type BlockBuilder, blockBuilder, entriesPerBlockMax } from './entry-blocks.ts';
import { blockFromPlain, blockToPlain, chunksToPlain, detailsFromPlain } from './items.ts';
import { keys, partitionOf } from './keys.ts';
import type { ReceiptsOrder } from './receipts.ts';
import { detailBytesMax, type PackedEntry, type StoredEntry } from './stored-entry.ts';
import type { StoredStatement } from './stored-statement.ts';

/** The entries of statements, their details, and the orders to tell them. */
export function entryStore(client: DynamoDBClient, table: string, { get, query }: TableAccess) {
  /**
   * Some entries from a place on, in order: about `limit`, fewer where they are large. None only beyond the last.
   *
   * @throws Error when an entry that the statement counts is not there.
   */
  async function readEntries(statement: StoredStatement, from: number, limit: number): Promise<StoredEntry[]> {
    const { tenant, id, entriesOf } = statement;
    if (from > statement.entries) return [];
    const { items } = await query({
      KeyConditionExpression: 'pk = :pk AND sk >= :from',
      ExpressionAttributeValues: toItem({
        ':pk': keys.entryPartition(tenant, entriesOf, partitionOf(from)),
        ':from': keys.entrySort(from),
      }),
      ConsistentRead: true,
      Limit: Math.ceil(limit / entriesPerBlockMax),
    });
    const entries = items.flatMap(blockFromPlain).filter(({ sequence }) => sequence >= from);
    if (entries[0]?.sequence !== from) throw new Error(`Entry ${from} of ${id} is missing.`);
    return entries;
  }

  /** Chunk `chunk` (from 1) of an entry's further details; undefined beyond the last. */
  async function readDetails(
    statement: StoredStatement,
    sequence: number,
    chunk: number,
  ): Promise<readonly EntryDetail[] | undefined> {
    const pk = keys.details(statement.tenant, statement.entriesOf, sequence);
    const item = await get({ pk, sk: keys.detailsSort(chunk) });
    return item && detailsFromPlain(item);
  }

  /** A writer of entries; they stay out of sight until a statement's item names where they lie. */
  function entryWriter(tenant: string) {
    const writer = batchWriter(client, table);
    const builders = new Map<string, BlockBuilder>();

    async function putBlock(entriesOf: string, block: readonly PackedEntry[] | undefined): Promise<void> {
      if (!block) return;
      const bytes = block.reduce((sum, entry) => sum + entry.bytes, 0);
      await writer.put(blockToPlain(tenant, entriesOf, block), bytes);
    }

    return {
      async put(entriesOf: string, packed: PackedEntry): Promise<void> {
        const builder = builders.get(entriesOf) ?? blockBuilder();
        builders.set(entriesOf, builder);
        await putBlock(entriesOf, builder.take({ ...packed, chunks: [] }));
        for (const item of chunksToPlain(tenant, entriesOf, packed)) await writer.put(item, detailBytesMax);
      },
      /** The last entry of a statement was put: what waits of it goes, so that one statement at a time is in memory. */
      async close(entriesOf: string): Promise<void> {
        const builder = builders.get(entriesOf);
        builders.delete(entriesOf);
        await putBlock(entriesOf, builder?.rest());
      },
      /** Answers when everything is stored. Every statement must be closed before. */
      finish: () => writer.finish(),
    };
  }

  /** Writes orders to tell receipts; writing them again changes nothing. */
  async function writeReceiptsOrders(orders: readonly ReceiptsOrder[]): Promise<void> {
    const writer = batchWriter(client, table);
    for (const order of orders) {
      const { tenant, statementId, from } = order;
      const key = { pk: keys.receipts(tenant, statementId), sk: keys.receiptsSort(from) };
      await writer.put({ ...key, kind: 'RECEIPTS', ...order });
    }
    await writer.finish();
  }

  return { readEntries, readDetails, entryWriter, writeReceiptsOrders };
}
