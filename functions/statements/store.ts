import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { type BackoffPolicy, backOff } from '../../shared/concurrency/backoff.ts';
import { dynamo, requireEnvironment } from '../../shared/dynamo/client.ts';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { classifyWriteFailure } from '../../shared/dynamo/failure.ts';
import { fromItem, toItem } from '../../shared/dynamo/items.ts';
import type { EntryDetail } from '../../shared/formats/statement-events.ts';
import {
  accountTimeline,
  blockFromPlain,
  blockToPlain,
  chunksToPlain,
  detailsFromPlain,
  type Plain,
  statementFromPlain,
  statementToPlain,
} from './items.ts';
import { type BlockBuilder, blockBuilder, entriesPerBlockMax } from './entry-blocks.ts';
import { keys, partitionOf } from './keys.ts';
import type { ReceiptsOrder } from './receipts.ts';
import { batchWriter } from './store-batches.ts';
import type { PackedEntry, StoredEntry } from './stored-entry.ts';
import type { Cause, StoredStatement } from './stored-statement.ts';

const writePolicy: BackoffPolicy = { attemptsMax: 8, baseMs: 20, ceilingMs: 1_000 };
/** Index pages read for one page of a filtered list. */
const indexPagesMax = 10;
const lastDay = '9999-12-31';

/** What a key was used for: the request's fingerprint and, once known, the answer (JSON). */
export interface KeyRecord {
  readonly fingerprint: string;
  readonly answer?: string;
}

export interface StatementQuery {
  readonly accountId?: string;
  readonly from?: string;
  readonly to?: string;
  readonly status?: string;
  readonly assignment?: string;
  readonly limit: number;
  /** Where the page before ended. */
  readonly after?: string;
}

export type StatementStore = ReturnType<typeof statementStore>;

/** Every DynamoDB expression of the statements, uploads apart. Reads by key are strongly consistent, lists are not. */
export function statementStore(client: DynamoDBClient, table: string) {
  async function get(key: { pk: string; sk: string }): Promise<Plain | undefined> {
    const command = new GetItemCommand({ TableName: table, Key: toItem(key), ConsistentRead: true });
    const { Item } = await client.send(command);
    return Item && fromItem(Item);
  }

  async function query(input: Omit<QueryCommandInput, 'TableName'>) {
    const answer = await client.send(new QueryCommand({ TableName: table, ...input }));
    return { items: (answer.Items ?? []).map(fromItem), lastKey: answer.LastEvaluatedKey };
  }

  /** Runs a conditional write that may be repeated; false where its condition does not hold. */
  async function write(send: () => Promise<unknown>): Promise<boolean> {
    for (let attempt = 1; ; attempt++) {
      try {
        await send();
        return true;
      } catch (error) {
        const failure = classifyWriteFailure(error);
        if (failure === 'MOVED') return false;
        if (failure === 'FATAL' || attempt >= writePolicy.attemptsMax) throw error;
        await backOff(attempt, writePolicy);
      }
    }
  }

  function putNew(item: Plain): Promise<boolean> {
    const input = { TableName: table, Item: toItem(item), ConditionExpression: 'attribute_not_exists(pk)' };
    return write(() => client.send(new PutItemCommand(input)));
  }

  function update(key: { pk: string; sk: string }, input: Omit<UpdateItemCommandInput, 'TableName' | 'Key'>) {
    return write(() => client.send(new UpdateItemCommand({ TableName: table, Key: toItem(key), ...input })));
  }

  async function readStatement(tenant: string, id: string): Promise<StoredStatement | undefined> {
    const item = await get(keys.statement(tenant, id));
    return item && statementFromPlain(item);
  }

  /** Those of the ids that are visible. */
  async function readStatements(tenant: string, ids: readonly string[]): Promise<Map<string, StoredStatement>> {
    const items = await batchGet(
      client,
      table,
      ids.map((id) => keys.statement(tenant, id)),
    );
    return new Map(items.map(statementFromPlain).map((statement) => [statement.id, statement]));
  }

  /** Makes a statement visible; false where it is already. */
  function writeStatement(statement: StoredStatement): Promise<boolean> {
    return putNew(statementToPlain(statement));
  }

  /** Gives an unassigned statement to an account; false where it has one. */
  function assignStatement(tenant: string, id: string, accountId: string, at: string, by: Cause): Promise<boolean> {
    return update(keys.statement(tenant, id), {
      UpdateExpression: 'SET accountId = :account, accountOf = :timeline, assignedAt = :at, assignedBy = :by',
      ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(accountId)',
      ExpressionAttributeValues: toItem({
        ':account': accountId,
        ':timeline': accountTimeline(tenant, accountId),
        ':at': at,
        ':by': by,
      }),
    });
  }

  /** A page of statements, newest first, and where it ended if there may be more. */
  async function listStatements(
    tenant: string,
    asked: StatementQuery,
  ): Promise<{ statements: StoredStatement[]; endedAt?: string | undefined }> {
    const { from = '', to = lastDay, after } = asked;
    const statements: StoredStatement[] = [];
    if (from > to) return { statements };
    let startKey: Record<string, AttributeValue> | undefined;
    for (let page = 0; page < indexPagesMax; page++) {
      const { items, lastKey } = await query(listInput(tenant, asked, startKey));
      statements.push(...items.filter((item) => item.timelineAt !== after).map(statementFromPlain));
      if (statements.length >= asked.limit) {
        const kept = statements.slice(0, asked.limit);
        return { statements: kept, endedAt: positionOf(kept.at(-1)) };
      }
      if (!lastKey) return { statements };
      startKey = lastKey;
    }
    return { statements, endedAt: startKey?.timelineAt?.S };
  }

  /** The statement before this one in its account's chain. */
  async function readPrevious(statement: StoredStatement): Promise<StoredStatement | undefined> {
    const { chainOf, chainAt } = statement;
    if (!chainOf || !chainAt) return undefined;
    const { items } = await query({
      IndexName: 'byChain',
      KeyConditionExpression: 'chainOf = :chain AND chainAt < :at',
      ExpressionAttributeValues: toItem({ ':chain': chainOf, ':at': chainAt }),
      ScanIndexForward: false,
      Limit: 1,
    });
    return items[0] && statementFromPlain(items[0]);
  }

  /**
   * Some entries from a place on, in order: about `limit`, fewer where they are large. None only beyond the last.
   *
   * @throws Error when an entry that the statement counts is not there.
   */
  async function readEntries(statement: StoredStatement, from: number, limit: number): Promise<StoredEntry[]> {
    const { tenant, id } = statement;
    if (from > statement.entries) return [];
    const { items } = await query({
      KeyConditionExpression: 'pk = :pk AND sk >= :from',
      ExpressionAttributeValues: toItem({
        ':pk': keys.entryPartition(tenant, id, partitionOf(from)),
        ':from': keys.entrySort(from),
      }),
      ConsistentRead: true,
      Limit: Math.ceil(limit / entriesPerBlockMax) + 1,
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
    const pk = keys.details(statement.tenant, statement.id, sequence);
    const item = await get({ pk, sk: keys.detailsSort(chunk) });
    return item && detailsFromPlain(item);
  }

  /** A writer of entries; they stay out of sight until their statement is written. */
  function entryWriter(tenant: string) {
    const writer = batchWriter(client, table);
    const builders = new Map<string, BlockBuilder>();

    async function putBlock(statementId: string, block: readonly PackedEntry[] | undefined): Promise<void> {
      if (block) await writer.put(blockToPlain(tenant, statementId, block));
    }

    return {
      async put(statementId: string, packed: PackedEntry): Promise<void> {
        const builder = builders.get(statementId) ?? blockBuilder();
        builders.set(statementId, builder);
        await putBlock(statementId, builder.take(packed));
        for (const item of chunksToPlain(tenant, statementId, packed)) await writer.put(item);
      },
      async finish(): Promise<void> {
        for (const [statementId, builder] of builders) await putBlock(statementId, builder.rest());
        await writer.finish();
      },
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

  async function readRecord(tenant: string, operation: string, key: string): Promise<KeyRecord | undefined> {
    const item = await get(keys.record(tenant, operation, key));
    return item && { fingerprint: item.fingerprint as string, ...(item.answer !== undefined && { answer: item.answer as string }) };
  }

  /** Takes a key for a request; true also where the same request took it before. */
  function claimKey(tenant: string, operation: string, key: string, fingerprint: string, at: string, by: Cause) {
    return update(keys.record(tenant, operation, key), {
      UpdateExpression: 'SET fingerprint = :fingerprint, kind = :kind, #at = if_not_exists(#at, :at), #by = if_not_exists(#by, :by)',
      ConditionExpression: 'attribute_not_exists(pk) OR fingerprint = :fingerprint',
      ExpressionAttributeNames: { '#at': 'at', '#by': 'by' },
      ExpressionAttributeValues: toItem({ ':fingerprint': fingerprint, ':kind': 'KEY', ':at': at, ':by': by }),
    });
  }

  /** Keeps the answer to a key; the first answer stays. */
  function keepAnswer(tenant: string, operation: string, key: string, answer: string): Promise<boolean> {
    return update(keys.record(tenant, operation, key), {
      UpdateExpression: 'SET answer = :answer',
      ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(answer)',
      ExpressionAttributeValues: toItem({ ':answer': answer }),
    });
  }

  return {
    readStatement,
    readStatements,
    writeStatement,
    assignStatement,
    listStatements,
    readPrevious,
    readEntries,
    readDetails,
    entryWriter,
    writeReceiptsOrders,
    readRecord,
    claimKey,
    keepAnswer,
    get,
    putNew,
    update,
  };
}

function positionOf(statement: StoredStatement | undefined): string | undefined {
  return statement && (statementToPlain(statement).timelineAt as string);
}

function listInput(
  tenant: string,
  asked: StatementQuery,
  startKey: Record<string, AttributeValue> | undefined,
): Omit<QueryCommandInput, 'TableName'> {
  const { accountId, from = '0', to = lastDay, status, assignment, after } = asked;
  const [IndexName, partition, value] = accountId
    ? ['byAccount', 'accountOf', accountTimeline(tenant, accountId)]
    : ['byTenant', 'timelineOf', tenant];
  const filters = [
    ...(status ? ['#status = :status'] : []),
    ...(assignment === 'ASSIGNED' ? ['attribute_exists(accountId)'] : []),
    ...(assignment === 'UNASSIGNED' ? ['attribute_not_exists(accountId)'] : []),
  ];
  const until = after ?? `${to}#~`;
  return {
    IndexName,
    KeyConditionExpression: `${partition} = :of AND timelineAt BETWEEN :from AND :until`,
    ExpressionAttributeValues: toItem({
      ':of': value,
      ':from': from,
      ':until': until,
      ...(status && { ':status': status }),
    }),
    ...(filters.length > 0 && { FilterExpression: filters.join(' AND ') }),
    ...(status && { ExpressionAttributeNames: { '#status': 'status' } }),
    ScanIndexForward: false,
    Limit: asked.limit + 1,
    ...(startKey && { ExclusiveStartKey: startKey }),
  };
}

let store: StatementStore | undefined;

/** The store of this process: the table that the host names. */
export function defaultStore(): StatementStore {
  store ??= statementStore(dynamo(), requireEnvironment('TABLE_STATEMENTS'));
  return store;
}
