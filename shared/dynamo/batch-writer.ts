import { BatchWriteItemCommand, type DynamoDBClient, type WriteRequest } from '@aws-sdk/client-dynamodb';
import { type BackoffPolicy, backOff } from '../concurrency/backoff.ts';
import { classifyWriteFailure } from './failure.ts';
import { type Item, type Plain, toItem } from './items.ts';

/** Puts in one BatchWriteItem. (DynamoDB service quotas.) */
const putsPerBatchMax = 25;
/** Bytes after which a batch is full; the service takes 16 MB, memory holds several in several forms. */
const bytesPerBatchMax = 1_000_000;
const batchesAtOnceMax = 4;
/** What an item is taken for when nothing is said. */
const bytesUnlessTold = 1_000;
const retryPolicy: BackoffPolicy = { attemptsMax: 10, baseMs: 20, ceilingMs: 2_000 };

export interface BatchWriter {
  /** Takes one item, of so many bytes; waits while enough batches are under way. */
  put(item: Plain, bytes?: number): Promise<void>;
  /** Answers when everything taken is stored. */
  finish(): Promise<void>;
}

/**
 * Writes many items in batches, a few at once. Puts repeat safely: what came back unprocessed, throttled or unanswered is
 * sent again. Items must have keys of their own and no index keys that another writer changes.
 */
export function batchWriter(client: DynamoDBClient, table: string): BatchWriter {
  let waiting: Item[] = [];
  let bytesWaiting = 0;
  const underWay = new Set<Promise<void>>();

  function send(): void {
    const batch = waiting;
    waiting = [];
    bytesWaiting = 0;
    if (batch.length === 0) return;
    const sent = writeBatch(client, table, batch).then(() => {
      underWay.delete(sent);
    });
    // A failure stays in the set and comes out at the next wait; here it is only kept from being unhandled.
    sent.catch(() => undefined);
    underWay.add(sent);
  }

  return {
    async put(item, bytes = bytesUnlessTold) {
      waiting.push(toItem(item));
      bytesWaiting += bytes;
      if (waiting.length < putsPerBatchMax && bytesWaiting < bytesPerBatchMax) return;
      send();
      if (underWay.size >= batchesAtOnceMax) await Promise.race(underWay);
    },
    async finish() {
      send();
      await Promise.all(underWay);
    },
  };
}

async function writeBatch(client: DynamoDBClient, table: string, items: readonly Item[]): Promise<void> {
  let requests: WriteRequest[] = items.map((Item) => ({ PutRequest: { Item } }));
  for (let attempt = 1; ; attempt++) {
    requests = await tryBatch(client, table, requests, attempt >= retryPolicy.attemptsMax);
    if (requests.length === 0) return;
    if (attempt >= retryPolicy.attemptsMax)
      throw new Error(`BatchWriteItem left ${requests.length} items unprocessed.`);
    await backOff(attempt, retryPolicy);
  }
}

/** One attempt; answers what is still to be written. */
async function tryBatch(client: DynamoDBClient, table: string, requests: WriteRequest[], last: boolean) {
  try {
    const answer = await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }));
    return answer.UnprocessedItems?.[table] ?? [];
  } catch (error) {
    const failure = classifyWriteFailure(error);
    if (last || (failure !== 'BUSY' && failure !== 'UNKNOWN')) throw error;
    return requests;
  }
}
