import { type DynamoDBClient, type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { batchWriter } from '../../shared/dynamo/batch-writer.ts';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { keyPlace, keyReader, keyToPlain } from '../../shared/dynamo/key-records.ts';
import { packBlocks, unpackBlock } from '../../shared/dynamo/record-blocks.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import type { KeyClaim } from '../../shared/http/key-claim.ts';
import { poolFromPlain, poolToPlain } from './items.ts';
import { keys, place } from './keys.ts';
import {
  type ConfigurationRecord,
  configurationFromRecords,
  configurationRecords,
} from './members/configuration-records.ts';
import type { Configuration, Pool } from './pool.ts';
import { claimStore } from './store-claims.ts';

const recordsPerBlockMax = 100;

/** Pools, their configurations, and which pool an account belongs to. */
export function poolStore(client: DynamoDBClient, table: string) {
  const { get, query } = tableAccess(client, table);
  const claims = claimStore(client, table);

  async function readPool(tenant: string, poolId: string): Promise<Pool | undefined> {
    const item = await get(keys.pool(tenant, poolId));
    return item && poolFromPlain(item);
  }

  async function listPools(tenant: string, after: string, count: number) {
    const { items } = await query({
      KeyConditionExpression: 'pk = :pk AND sk > :after',
      ExpressionAttributeValues: toItem({ ':pk': keys.pools(tenant), ':after': after || ' ' }),
      Limit: count + 1,
      ConsistentRead: true,
    });
    return { pools: items.slice(0, count).map(poolFromPlain), more: items.length > count };
  }

  const readKey = keyReader({ get });

  /** All or nothing; throws what DynamoDB throws. */
  async function transact(items: readonly TransactWriteItem[]): Promise<void> {
    await client.send(new TransactWriteItemsCommand({ TransactItems: [...items] }));
  }

  const put = (item: Plain, condition = 'attribute_not_exists(pk)'): TransactWriteItem => ({
    Put: { TableName: table, Item: toItem(item), ConditionExpression: condition },
  });

  const putKey = (tenant: string, claim: KeyClaim): TransactWriteItem => put(keyToPlain(tenant, claim));

  /** A new pool, the record of its key, and the claims of the accounts it begins with. */
  async function createPool(pool: Pool, claim: KeyClaim, accounts: readonly TransactWriteItem[]): Promise<void> {
    await transact([put(poolToPlain(pool)), putKey(pool.tenant, claim), ...accounts]);
  }

  /** A pool that could not be opened goes, and with it its key and its claims, as if it had not been asked for. */
  async function forgetOpening({ tenant, id, opening, ...pool }: Pool): Promise<void> {
    if (!opening) throw new Error(`The pool ${id} is open and stays.`);
    const remove = (key: { pk: string; sk: string }, condition: string): TransactWriteItem => ({
      Delete: { TableName: table, Key: toItem(key), ConditionExpression: condition },
    });
    const accounts = [...new Set([pool.headerAccountId, pool.rootAccountId])];
    await transact([
      remove(keys.pool(tenant, id), 'attribute_exists(opening)'),
      remove(keyPlace(tenant, opening.operation, opening.key), 'attribute_exists(pk)'),
      ...accounts.map((accountId) => claims.deleteClaim(tenant, id, accountId)),
    ]);
  }

  /** Stores the blocks of a configuration where nobody looks yet. */
  async function writeConfiguration(pool: Pool, attempt: string, configuration: Configuration): Promise<void> {
    const writer = batchWriter(client, table);
    const pk = keys.configuration(pool.tenant, pool.id, attempt);
    for (const [index, block] of packBlocks(configurationRecords(configuration), recordsPerBlockMax).entries()) {
      await writer.put({ pk, sk: place(index), kind: 'CONFIGURATION', ...block }, Buffer.byteLength(block.text));
    }
    await writer.finish();
  }

  async function readConfiguration({ tenant, id, configAttempt }: Pool): Promise<Configuration | undefined> {
    if (configAttempt === undefined) return undefined;
    const blocks = await readPartition(keys.configuration(tenant, id, configAttempt));
    return configurationFromRecords(blocks.flatMap((block) => unpackBlock<ConfigurationRecord>(block)));
  }

  /** Every item of a partition, in order. */
  async function readPartition(pk: string, prefix = ''): Promise<Plain[]> {
    const found: Plain[] = [];
    let after: Awaited<ReturnType<typeof query>>['lastKey'];
    do {
      const { items, lastKey } = await query({
        KeyConditionExpression: prefix === '' ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: toItem({ ':pk': pk, ...(prefix !== '' && { ':prefix': prefix }) }),
        ConsistentRead: true,
        ...(after && { ExclusiveStartKey: after }),
      });
      found.push(...items);
      after = lastKey;
    } while (after);
    return found;
  }

  /** A page of the runs of one kind that an owner has, the newest first; `after` is the place of the last one shown. */
  async function pageRuns(runsOf: string, after: string | undefined, count: number) {
    const { items } = await query({
      IndexName: 'byRun',
      KeyConditionExpression: after === undefined ? 'runsOf = :of' : 'runsOf = :of AND runAt < :after',
      ExpressionAttributeValues: toItem({ ':of': runsOf, ...(after !== undefined && { ':after': after }) }),
      ScanIndexForward: false,
      Limit: count + 1,
    });
    return { items: items.slice(0, count), more: items.length > count };
  }

  /** The pool as it is to be; written only where nothing changed it since it was read. */
  const putPool = (next: Pool, read: Pool): TransactWriteItem => ({
    Put: {
      TableName: table,
      Item: toItem(poolToPlain({ ...next, revision: read.revision + 1 })),
      ConditionExpression: 'revision = :read',
      ExpressionAttributeValues: toItem({ ':read': read.revision }),
    },
  });

  return {
    readPool,
    listPools,
    readKey,
    transact,
    put,
    putKey,
    createPool,
    forgetOpening,
    ...claims,
    writeConfiguration,
    readConfiguration,
    readPartition,
    pageRuns,
    putPool,
  };
}
