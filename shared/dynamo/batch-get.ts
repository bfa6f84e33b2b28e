import {
  BatchGetItemCommand,
  type BatchGetItemCommandOutput,
  type DynamoDBClient,
  type KeysAndAttributes,
} from '@aws-sdk/client-dynamodb';
import pLimit from 'p-limit';
import { type BackoffPolicy, backOff } from '../concurrency/backoff.ts';
import { fromItem, type Item, toItem } from './items.ts';

/** What one BatchGetItem may ask for. (DynamoDB service quotas.) */
export const keysPerBatchGetMax = 100;
const batchesAtOnceMax = 8;
const unprocessedPolicy: BackoffPolicy = { attemptsMax: 8, baseMs: 20, ceilingMs: 1_000 };

/** Reads items by key, strongly consistent, in no order; keys without an item are left out. Keys must differ. */
export async function batchGet(
  client: DynamoDBClient,
  table: string,
  keys: readonly { readonly pk: string; readonly sk: string }[],
): Promise<Record<string, unknown>[]> {
  const limit = pLimit(batchesAtOnceMax);
  const batches: Item[][] = [];
  for (let start = 0; start < keys.length; start += keysPerBatchGetMax) {
    batches.push(keys.slice(start, start + keysPerBatchGetMax).map((key) => toItem({ ...key })));
  }
  const found = await Promise.all(batches.map((batch) => limit(() => getOneBatch(client, table, batch))));
  return found.flat().map(fromItem);
}

async function getOneBatch(client: DynamoDBClient, table: string, keys: Item[]): Promise<Item[]> {
  const found: Item[] = [];
  let asked: KeysAndAttributes | undefined = { Keys: keys, ConsistentRead: true };
  for (let attempt = 1; asked; attempt++) {
    const answer: BatchGetItemCommandOutput = await client.send(
      new BatchGetItemCommand({ RequestItems: { [table]: asked } }),
    );
    found.push(...(answer.Responses?.[table] ?? []));
    asked = answer.UnprocessedKeys?.[table];
    if (!asked) break;
    if (attempt >= unprocessedPolicy.attemptsMax) throw throttled(table);
    await backOff(attempt, unprocessedPolicy);
  }
  return found;
}

/** Keys stay unprocessed where the table is over its throughput. */
function throttled(table: string): Error {
  return Object.assign(new Error(`BatchGetItem left keys of ${table} unprocessed.`), { name: 'ThrottlingException' });
}
