import {
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
} from '@aws-sdk/client-dynamodb';
import pLimit from 'p-limit';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import type { Plain } from '../../shared/dynamo/items.ts';
import { fromItem, type Item, toItem } from '../../shared/dynamo/items.ts';
import type { Account, AccountState } from './account.ts';
import type { HotPosting, KeyRecord, Version } from './assemble.ts';
import { accountFromPlain, expiryShards, hotPostingFromPlain, recordFromPlain, versionFromPlain } from './items.ts';
import { hotShards, keys, lastVersion, tenantOf } from './keys.ts';

const queriesAtOnceMax = 32;

export interface VersionRange {
  readonly from: number;
  readonly to: number;
  readonly newestFirst?: boolean;
  readonly limit?: number;
}

/** The transfers that a fold took in, by hot posting, with the digest of each. */
export type FoldGroups = readonly { readonly transfers: readonly string[]; readonly digest: Uint8Array }[];

/** What is read. Strongly consistent but for the index of expiring holds. */
export function ledgerReads(client: DynamoDBClient, table: string) {
  const limit = pLimit(queriesAtOnceMax);

  /** Follows the pages of a query, 1 MB each, until `count` items are read or there are no more. */
  async function query(input: Omit<QueryCommandInput, 'TableName' | 'Limit'>, count = Number.POSITIVE_INFINITY) {
    const items: Plain[] = [];
    let after: Item | undefined;
    do {
      const command = new QueryCommand({
        TableName: table,
        ConsistentRead: true,
        ...input,
        ...(after && { ExclusiveStartKey: after }),
        ...(Number.isFinite(count) && { Limit: count - items.length }),
      });
      const answer: QueryCommandOutput = await client.send(command);
      items.push(...(answer.Items ?? []).map(fromItem));
      after = answer.LastEvaluatedKey;
    } while (after && items.length < count);
    return { items, more: after !== undefined };
  }

  function queryPartition(pk: string, count?: number) {
    return query({ KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: toItem({ ':pk': pk }) }, count);
  }

  async function get(pk: string, sk: string): Promise<Plain | undefined> {
    const key = toItem({ pk, sk });
    const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }));
    return Item && fromItem(Item);
  }

  async function readVersions(tenant: string, accountId: string, range: VersionRange): Promise<Version[]> {
    const { items } = await query(
      {
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: toItem({
          ':pk': keys.chain(tenant, accountId),
          ':from': keys.version(range.from),
          ':to': keys.version(range.to),
        }),
        ScanIndexForward: !range.newestFirst,
      },
      range.limit,
    );
    return items.map((item) => versionFromPlain(accountId, item));
  }

  async function readHead(tenant: string, accountId: string): Promise<AccountState | undefined> {
    const [head] = await readVersions(tenant, accountId, { from: 0, to: lastVersion, newestFirst: true, limit: 1 });
    return head?.state;
  }

  /** The newest version of each account; accounts that do not exist are left out. */
  async function readHeads(tenant: string, accountIds: Iterable<string>): Promise<Map<string, AccountState>> {
    const ids = [...new Set(accountIds)];
    const heads = await Promise.all(ids.map((id) => limit(() => readHead(tenant, id))));
    return new Map(heads.filter((head) => head !== undefined).map((head) => [head.accountId, head]));
  }

  async function readRecords(tenant: string, ids: Iterable<string>): Promise<Map<string, KeyRecord>> {
    const unique = [...new Set(ids)].map((id) => ({ pk: keys.record(tenant, id), sk: keys.recordSort }));
    const records = (await batchGet(client, table, unique)).map(recordFromPlain);
    return new Map(records.map((record) => [record.id, record]));
  }

  async function readFold(tenant: string, accountId: string, version: number): Promise<FoldGroups> {
    const item = await get(keys.chain(tenant, accountId), keys.fold(version));
    return (item?.groups as FoldGroups | undefined) ?? [];
  }

  /** Postings to a hot account that wait to be folded: all of them, or the oldest `count` of each shard. */
  async function readHotPostings(tenant: string, accountId: string, count?: number): Promise<HotPosting[]> {
    const shards = Array.from({ length: hotShards }, (_, shard) => keys.hot(tenant, accountId, shard));
    const found = await Promise.all(shards.map((pk) => queryPartition(pk, count)));
    return found.flatMap(({ items }) => items).map(hotPostingFromPlain);
  }

  /** Every hot account of every tenant. */
  async function listHotAccounts(): Promise<{ tenant: string; accountId: string }[]> {
    const { items } = await queryPartition(keys.hotAccounts);
    return items.map(({ tenant, accountId }) => ({ tenant: tenant as string, accountId: accountId as string }));
  }

  async function readAccount(tenant: string, accountId: string): Promise<Account | undefined> {
    const item = await get(keys.accounts(tenant), accountId);
    return item && accountFromPlain(item);
  }

  /** The lasting facts of accounts, by id; those that do not exist are left out. */
  async function readAccounts(tenant: string, accountIds: Iterable<string>): Promise<Map<string, Account>> {
    const unique = [...new Set(accountIds)].map((id) => ({ pk: keys.accounts(tenant), sk: id }));
    const accounts = (await batchGet(client, table, unique)).map(accountFromPlain);
    return new Map(accounts.map((account) => [account.id, account]));
  }

  async function listAccounts(tenant: string, after: string, count: number) {
    const { items, more } = await query(
      {
        KeyConditionExpression: 'pk = :pk AND sk > :after',
        ExpressionAttributeValues: toItem({ ':pk': keys.accounts(tenant), ':after': after || ' ' }),
      },
      count,
    );
    return { accounts: items.map(accountFromPlain), more };
  }

  async function readAccountIdByNumber(tenant: string, numberHash: string): Promise<string | undefined> {
    const item = await get(keys.number(tenant, numberHash), keys.numberSort);
    return item?.accountId as string | undefined;
  }

  /** Accounts by the keyed hashes of their numbers; those of no account are left out. */
  async function readAccountIdsByNumbers(tenant: string, numberHashes: Iterable<string>): Promise<Map<string, string>> {
    const byPlace = new Map(Array.from(numberHashes, (hash) => [keys.number(tenant, hash), hash]));
    const wanted = [...byPlace.keys()].map((pk) => ({ pk, sk: keys.numberSort }));
    const found = await batchGet(client, table, wanted);
    return new Map(found.map(({ pk, accountId }) => [byPlace.get(String(pk)) ?? '', String(accountId)]));
  }

  /** Holds whose time is up, with the tenant of each; the index may lag a little behind. */
  async function readExpired(now: Date, count: number): Promise<{ tenant: string; id: string }[]> {
    const shards = Array.from({ length: expiryShards }, (_, shard) => `EXPIRY#${shard}`);
    const pages = await Promise.all(
      shards.map((shard) =>
        query(
          {
            IndexName: 'byExpiry',
            ConsistentRead: false,
            KeyConditionExpression: 'expiryShard = :shard AND expiresAt <= :now',
            ExpressionAttributeValues: toItem({ ':shard': shard, ':now': now.toISOString() }),
          },
          count,
        ),
      ),
    );
    return pages
      .flatMap(({ items }) => items)
      .map(({ pk, id }) => ({ tenant: tenantOf(pk as string), id: id as string }));
  }

  return {
    readVersions,
    readHead,
    readHeads,
    readRecords,
    readFold,
    readHotPostings,
    listHotAccounts,
    readAccount,
    readAccounts,
    listAccounts,
    readAccountIdByNumber,
    readAccountIdsByNumbers,
    readExpired,
  };
}
