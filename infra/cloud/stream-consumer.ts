import { Duration } from 'aws-cdk-lib';
import type { ITable, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { ServiceDescription, StreamDescription } from '../../shared/service/description.ts';
import type { CapabilityFunction } from './capability-function.ts';
import { deadLetterQueue, putAside } from './work-queue.ts';

/** DynamoDB lets two readers follow a stream; a third is throttled, and all of them are late. */
export const streamConsumersMax = 2;
/** Times that a batch is tried; halved at each failure, so that in the end the one bad record is put aside alone. */
const RETRIES_MAX = 20;
/** Until the stream itself lets go of the record. */
const RETRIES_WITHOUT_END = -1;
/** The longest tumbling window of Lambda. */
const TUMBLING_WINDOW_SECONDS_MAX = 900;

const allChanges = ['INSERT', 'MODIFY', 'REMOVE'] as const;

/** @throws Error when more functions follow a table's stream than DynamoDB serves, or a window is none of Lambda's. */
export function checkStreamConsumers({ name, streams = [] }: ServiceDescription): void {
  for (const stream of streams) checkTumblingWindow(name, stream);
  if (streams.length <= streamConsumersMax) return;
  throw new Error(`${name} has ${streams.length} stream consumers; a stream serves ${streamConsumersMax}.`);
}

/** A batch that is waited for longer than its window would belong to several. */
function checkTumblingWindow(
  name: string,
  { entry, tumblingWindowSeconds, windowSeconds = 0 }: StreamDescription,
): void {
  if (tumblingWindowSeconds === undefined) return;
  const lasts = Number.isInteger(tumblingWindowSeconds) && tumblingWindowSeconds >= 1;
  if (!lasts || tumblingWindowSeconds > TUMBLING_WINDOW_SECONDS_MAX) {
    throw new Error(`The tumbling window of ${name}/${entry} has 1 to ${TUMBLING_WINDOW_SECONDS_MAX} whole seconds.`);
  }
  if (windowSeconds <= tumblingWindowSeconds) return;
  throw new Error(`${name}/${entry} waits for a batch longer than its tumbling window lasts.`);
}

/**
 * Hands the changes of a table to a function: in order for each item, at least once, from the oldest that the stream
 * still has. Returns the queue of what could not be handled: it names the records, which stay in the stream for a day.
 */
export function consumeStream(
  consumer: CapabilityFunction,
  { stream, table, key }: { stream: StreamDescription; table: Table; key: IKey },
): Queue {
  const failures = deadLetterQueue(consumer, 'Failures', key);
  const filters = filtersOf(stream);
  consumer.fn.addEventSource(
    new DynamoEventSource(table as ITable, {
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: stream.batchSize,
      maxBatchingWindow: Duration.seconds(stream.windowSeconds ?? 0),
      ...retriesOf(stream),
      reportBatchItemFailures: true,
      onFailure: putAside(failures, key),
      ...(filters.length > 0 && { filters }),
    }),
  );
  return failures;
}

/** One call at a time in each shard, where a state goes from call to call; and no record is passed over. */
function retriesOf({ tumblingWindowSeconds }: StreamDescription) {
  if (tumblingWindowSeconds === undefined) return { retryAttempts: RETRIES_MAX, bisectBatchOnError: true };
  const tumblingWindow = Duration.seconds(tumblingWindowSeconds);
  return { tumblingWindow, retryAttempts: RETRIES_WITHOUT_END, parallelizationFactor: 1 };
}

/** A removed item has no new image: its kind is in the old one. A record that passes any one filter is handed over. */
function filtersOf({ kinds, changes = allChanges }: StreamDescription) {
  if (!kinds) return changes.length < allChanges.length ? [FilterCriteria.filter({ eventName: [...changes] })] : [];
  const kind = { S: [...kinds] };
  const writes = changes.filter((change) => change !== 'REMOVE');
  return [
    ...(writes.length > 0 ? [FilterCriteria.filter({ eventName: writes, dynamodb: { NewImage: { kind } } })] : []),
    ...(changes.includes('REMOVE')
      ? [FilterCriteria.filter({ eventName: ['REMOVE'], dynamodb: { OldImage: { kind } } })]
      : []),
  ];
}
