import { type DynamoDBClient, type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { dynamo } from '../../shared/dynamo/client.ts';
import { classifyWriteFailure, type WriteFailure } from '../../shared/dynamo/failure.ts';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { requireEnvironment } from '../../shared/service/environment.ts';
import { type NamedSet, nameFromPlain, nameToPlain, rateSetFromPlain, rateSetToPlain } from './items.ts';
import { keys } from './keys.ts';
import type { RateSet } from './rate-set.ts';

const lastDay = '9999-12-31';

export type RateStore = ReturnType<typeof rateStore>;

/** Every DynamoDB expression of the rates. All reads are strongly consistent. */
export function rateStore(client: DynamoDBClient, table: string) {
  const { get, query } = tableAccess(client, table);

  async function readSet(tenant: string, name: string, date: string): Promise<RateSet | undefined> {
    const item = await get({ pk: keys.sets(tenant, name), sk: date });
    return item && rateSetFromPlain(item);
  }

  /** The newest set of a name on or before a day; the newest of all unless told. */
  async function readNewest(tenant: string, name: string, onOrBefore = lastDay): Promise<RateSet | undefined> {
    const { items } = await query({
      KeyConditionExpression: 'pk = :pk AND sk <= :date',
      ExpressionAttributeValues: toItem({ ':pk': keys.sets(tenant, name), ':date': onOrBefore }),
      ConsistentRead: true,
      ScanIndexForward: false,
      Limit: 1,
    });
    return items[0] && rateSetFromPlain(items[0]);
  }

  /** The latest date that a name has a set for. */
  async function readLatestDate(tenant: string, name: string): Promise<string | undefined> {
    const item = await get({ pk: keys.names(tenant), sk: name });
    return item && nameFromPlain(item).latestDate;
  }

  /** Names in the order of their characters, those after `after`; `more` says whether others follow. */
  async function listNames(tenant: string, after: string | undefined, count: number) {
    const { items } = await query({
      KeyConditionExpression: `pk = :pk${after === undefined ? '' : ' AND sk > :after'}`,
      ExpressionAttributeValues: toItem({ ':pk': keys.names(tenant), ':after': after }),
      ConsistentRead: true,
      Limit: count + 1,
    });
    const names: NamedSet[] = items.slice(0, count).map(nameFromPlain);
    return { names, more: items.length > count };
  }

  /**
   * Writes a set over the version before it and, where its date is later than `latestDate` (as read), says so at its
   * name; both or neither. Answers why nothing is known to have been written; undefined on success.
   */
  async function writeSet(
    set: RateSet,
    latestDate: string | undefined,
  ): Promise<Exclude<WriteFailure, 'FATAL'> | undefined> {
    const isLatest = latestDate === undefined || set.date > latestDate;
    const items = [
      putOver(rateSetToPlain(set), 'version', set.version === 1 ? undefined : set.version - 1),
      ...(isLatest ? [putOver(nameToPlain(set), 'latestDate', latestDate)] : []),
    ];
    try {
      await client.send(new TransactWriteItemsCommand({ TransactItems: items }));
      return undefined;
    } catch (error) {
      const failure = classifyWriteFailure(error);
      if (failure === 'FATAL') throw error;
      return failure;
    }
  }

  /** A put that holds only where the item has this value, or is not there where there was none. */
  function putOver(item: Plain, attribute: string, before: string | number | undefined): TransactWriteItem {
    const put = { TableName: table, Item: toItem(item) };
    if (before === undefined) return { Put: { ...put, ConditionExpression: 'attribute_not_exists(pk)' } };
    return {
      Put: {
        ...put,
        ConditionExpression: '#attribute = :before',
        ExpressionAttributeNames: { '#attribute': attribute },
        ExpressionAttributeValues: toItem({ ':before': before }),
      },
    };
  }

  return { readSet, readNewest, readLatestDate, listNames, writeSet };
}

let store: RateStore | undefined;

/** The store of this process: the table that the host names. */
export function defaultStore(): RateStore {
  store ??= rateStore(dynamo(), requireEnvironment('TABLE_RATES'));
  return store;
}
