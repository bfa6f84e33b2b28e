import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { describeError, writeLog } from '../http/log.ts';
import { requireEnvironment } from '../service/environment.ts';
import type { DomainEvent } from './event.ts';
import { type EventBus, eventBridge, publishEntries, toEntry } from './publish.ts';
import { fromStreamImage } from './stream-image.ts';

/** A change of one item, as the table's stream tells it. Images are plain objects: N is a bigint, B is bytes. */
export interface ItemChange {
  readonly kind: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly item?: Record<string, unknown>;
  readonly previous?: Record<string, unknown>;
  /** The place in the item's history; grows with every change of the same item. */
  readonly sequenceNumber: string;
}

export interface RelaySettings {
  /** The capability: events go out with the source `yudao.<service>`. */
  readonly service: string;
  /** What a change means to the world; nothing, often. The same change must give the same event ids every time. */
  readonly toEvents: (change: ItemChange) => readonly DomainEvent[] | Promise<readonly DomainEvent[]>;
  /** The bus that the host names, unless told. */
  readonly bus?: () => EventBus;
}

export type RelayHandler = (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;

interface Prepared {
  readonly entries: readonly PutEventsRequestEntry[];
  /** The sequence number that each entry came from. */
  readonly origins: readonly string[];
  /** The first record that cannot be told; what precedes it is prepared, nothing behind it is. */
  readonly poison?: { readonly sequenceNumber: string; readonly error: Error };
}

/**
 * Tells the bus what a table's stream says, at least once and in the order of the stream. The batch is reported failed
 * from the first record that is not wholly on the bus; Lambda hands it over again from there.
 *
 * A record that cannot be told is never skipped: what precedes it goes out, then the batch begins with it and the handler
 * throws with its sequence number.
 */
export function relayHandler({ service, toEvents, bus = hostBus }: RelaySettings): RelayHandler {
  return async ({ Records }) => {
    const target = bus();
    const prepared = await prepare(Records, (change) => toEventEntries(change, target.name));
    if (prepared.poison && prepared.poison.sequenceNumber === Records[0]?.dynamodb?.SequenceNumber) {
      throw prepared.poison.error;
    }
    const { published, fault } = await publishEntries(target, prepared.entries);
    const failed = prepared.origins[published] ?? prepared.poison?.sequenceNumber;
    if (failed === undefined) return { batchItemFailures: [] };
    const error = describeError(fault ?? prepared.poison?.error);
    writeLog({ level: 'ERROR', message: 'relay stopped', service, sequenceNumber: failed, published, error });
    return { batchItemFailures: [{ itemIdentifier: failed }] };
  };

  async function toEventEntries(change: ItemChange, busName: string): Promise<PutEventsRequestEntry[]> {
    return (await toEvents(change)).map((event) => toEntry(service, busName, event));
  }
}

async function prepare(
  records: readonly DynamoDBRecord[],
  toEntries: (change: ItemChange) => Promise<readonly PutEventsRequestEntry[]>,
): Promise<Prepared> {
  const entries: PutEventsRequestEntry[] = [];
  const origins: string[] = [];
  for (const record of records) {
    const sequenceNumber = record.dynamodb?.SequenceNumber;
    if (!sequenceNumber) throw new Error(`The stream record ${record.eventID} has no sequence number.`);
    try {
      const told = await toEntries(toChange(record, sequenceNumber));
      entries.push(...told);
      origins.push(...told.map(() => sequenceNumber));
    } catch (cause) {
      const error = new Error(`The stream record ${sequenceNumber} cannot be told.`, { cause });
      return { entries, origins, poison: { sequenceNumber, error } };
    }
  }
  return { entries, origins };
}

function toChange({ eventName, dynamodb }: DynamoDBRecord, sequenceNumber: string): ItemChange {
  if (!eventName) throw new Error('It does not say what happened to the item.');
  return {
    kind: eventName,
    sequenceNumber,
    ...(dynamodb?.NewImage && { item: fromStreamImage(dynamodb.NewImage) }),
    ...(dynamodb?.OldImage && { previous: fromStreamImage(dynamodb.OldImage) }),
  };
}

function hostBus(): EventBus {
  return { client: eventBridge(), name: requireEnvironment('EVENT_BUS') };
}
