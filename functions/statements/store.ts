import type { AttributeValue, DynamoDBClient, QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { dynamo } from '../../shared/dynamo/client.ts';
import { toItem } from '../../shared/dynamo/items.ts';
import { keyPlace } from '../../shared/dynamo/key-records.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { requireEnvironment } from '../../shared/service/environment.ts';
import { accountTimeline, statementFromPlain, statementToPlain } from './items.ts';
import { keys } from './keys.ts';
import { entryStore } from './store-entries.ts';
import type { Cause, StoredStatement } from './stored-statement.ts';

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
  const access = tableAccess(client, table);
  const { get, query, putNew, update } = access;

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

  async function readRecord(tenant: string, operation: string, key: string): Promise<KeyRecord | undefined> {
    const item = await get(keyPlace(tenant, operation, key));
    return (
      item && {
        fingerprint: item.fingerprint as string,
        ...(item.answer !== undefined && { answer: item.answer as string }),
      }
    );
  }

  /** Takes a key for a request; true also where the same request took it before. */
  function claimKey(tenant: string, operation: string, key: string, fingerprint: string, at: string, by: Cause) {
    return update(keyPlace(tenant, operation, key), {
      UpdateExpression:
        'SET fingerprint = :fingerprint, kind = :kind, #at = if_not_exists(#at, :at), #by = if_not_exists(#by, :by)',
      ConditionExpression: 'attribute_not_exists(pk) OR fingerprint = :fingerprint',
      ExpressionAttributeNames: { '#at': 'at', '#by': 'by' },
      ExpressionAttributeValues: toItem({ ':fingerprint': fingerprint, ':kind': 'KEY', ':at': at, ':by': by }),
    });
  }

  /** Keeps the answer to a key; the first answer stays. */
  function keepAnswer(tenant: string, operation: string, key: string, answer: string): Promise<boolean> {
    return update(keyPlace(tenant, operation, key), {
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
    ...entryStore(client, table, access),
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
