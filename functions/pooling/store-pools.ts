import { type DynamoDBClient, type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { batchWriter } from '../../shared/dynamo/batch-writer.ts';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import {
  configurationFromRecords,
  configurationRecords,
  packBlocks,
  poolFromPlain,
  poolToPlain,
  unpackBlock,
} from './items.ts';
import { keys, place } from './keys.ts';
import type { Cause, Configuration, Pool } from './pool.ts';

const membersPerBlockMax = 100;
/** Accounts claimed in one transaction. */
const claimsPerWriteMax = 50;

/** What a key was used for: the request's fingerprint and the id of what it made. */
export interface KeyRecord {
  readonly fingerprint: string;
  readonly id: string;
}

export interface KeyClaim extends KeyRecord {
  readonly operation: string;
  readonly key: string;
  readonly at: string;
  readonly cause: Cause;
}

/** Pools, their configurations, and which pool an account belongs to. */
export function poolStore(client: DynamoDBClient, table: string) {
  const { get, query } = tableAccess(client, table);

  async function readPool(tenant: string, poolId: string): Promise<Pool | undefined> {
    const item = await get(keys.pool(tenant, poolId));
    return item && poolFromPlain(item);
  }

  async function listPools(tenant: string, after: string, count: number) {
    const { items, lastKey } = await query({
      KeyConditionExpression: 'pk = :pk AND sk > :after',
      ExpressionAttributeValues: toItem({ ':pk': keys.pools(tenant), ':after': after || ' ' }),
      Limit: count,
      ConsistentRead: true,
    });
    return { pools: items.map(poolFromPlain), more: lastKey !== undefined };
  }

  async function readKey(tenant: string, operation: string, key: string): Promise<KeyRecord | undefined> {
    const item = await get(keys.record(tenant, operation, key));
    return item && { fingerprint: String(item.fingerprint), id: String(item.id) };
  }

  /** All or nothing; throws what DynamoDB throws. */
  async function transact(items: readonly TransactWriteItem[]): Promise<void> {
    await client.send(new TransactWriteItemsCommand({ TransactItems: [...items] }));
  }

  const put = (item: Plain, condition = 'attribute_not_exists(pk)'): TransactWriteItem => ({
    Put: { TableName: table, Item: toItem(item), ConditionExpression: condition },
  });

  const putKey = (tenant: string, { operation, key, ...record }: KeyClaim): TransactWriteItem =>
    put({ ...keys.record(tenant, operation, key), kind: 'KEY', ...record });

  /** A new pool, the record of its key, and the claims of the accounts it begins with. */
  async function createPool(pool: Pool, claim: KeyClaim, accountIds: readonly string[]): Promise<void> {
    const claims = accountIds.map((accountId) => claimOf(pool.tenant, pool.id, accountId));
    await transact([put(poolToPlain(pool)), putKey(pool.tenant, claim), ...claims]);
  }

  function claimOf(tenant: string, poolId: string, accountId: string): TransactWriteItem {
    return {
      Put: {
        TableName: table,
        Item: toItem({ ...keys.membership(tenant, accountId), kind: 'MEMBERSHIP', poolId }),
        ConditionExpression: 'attribute_not_exists(pk) OR poolId = :pool',
        ExpressionAttributeValues: toItem({ ':pool': poolId }),
      },
    };
  }

  async function readMemberships(tenant: string, accountIds: readonly string[]): Promise<Map<string, string>> {
    const wanted = [...new Set(accountIds)].map((accountId) => keys.membership(tenant, accountId));
    const items = await batchGet(client, table, wanted);
    const prefix = keys.membership(tenant, '').pk.length;
    return new Map(items.map(({ pk, poolId }) => [String(pk).slice(prefix), String(poolId)]));
  }

  /** Claims accounts for a pool, a few dozen in each transaction; throws where one belongs to another pool. */
  async function claimAccounts(tenant: string, poolId: string, accountIds: readonly string[]): Promise<void> {
    for (let start = 0; start < accountIds.length; start += claimsPerWriteMax) {
      const some = accountIds.slice(start, start + claimsPerWriteMax);
      await transact(some.map((accountId) => claimOf(tenant, poolId, accountId)));
    }
  }

  async function releaseAccounts(tenant: string, poolId: string, accountIds: readonly string[]): Promise<void> {
    for (let start = 0; start < accountIds.length; start += claimsPerWriteMax) {
      const some = accountIds.slice(start, start + claimsPerWriteMax);
      await transact(some.map((accountId) => releaseOf(tenant, poolId, accountId)));
    }
  }

  function releaseOf(tenant: string, poolId: string, accountId: string): TransactWriteItem {
    return {
      Delete: {
        TableName: table,
        Key: toItem(keys.membership(tenant, accountId)),
        ConditionExpression: 'attribute_not_exists(pk) OR poolId = :pool',
        ExpressionAttributeValues: toItem({ ':pool': poolId }),
      },
    };
  }

  /** Stores the blocks of a configuration where nobody looks yet. */
  async function writeConfiguration(pool: Pool, attempt: string, configuration: Configuration): Promise<void> {
    const writer = batchWriter(client, table);
    const pk = keys.configuration(pool.tenant, pool.id, attempt);
    for (const [index, block] of packBlocks(configurationRecords(configuration), membersPerBlockMax).entries()) {
      await writer.put({ pk, sk: place(index), kind: 'CONFIGURATION', ...block }, Buffer.byteLength(block.text));
    }
    await writer.finish();
  }

  async function readConfiguration({ tenant, id, configAttempt }: Pool): Promise<Configuration | undefined> {
    if (configAttempt === undefined) return undefined;
    const blocks = await readPartition(keys.configuration(tenant, id, configAttempt));
    return configurationFromRecords(blocks.flatMap((block) => unpackBlock(block)));
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
    readMemberships,
    claimAccounts,
    releaseAccounts,
    writeConfiguration,
    readConfiguration,
    readPartition,
    putPool,
  };
}
