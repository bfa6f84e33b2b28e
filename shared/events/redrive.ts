import { type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { fromItem, type Item } from '../dynamo/items.ts';
import type { DomainEvent } from './event.ts';
import { type EventBus, publishEntries, toEntry } from './publish.ts';
import type { RelaySettings } from './relay.ts';

/** Items read at a time. */
const itemsPerPageMax = 500;

export interface Redrive extends Pick<RelaySettings, 'service' | 'toEvents'> {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly bus: EventBus;
  /** ISO instants, the first inclusive, the last not: which events by `occurredAt`. */
  readonly from: string;
  readonly to: string;
}

/**
 * Publishes again what the items that stand in a table mean, whatever became of their stream records (a stream keeps them
 * for 24 hours). Items that are written once carry their event with them, so it comes out with the same id, and a consumer
 * that has seen it does nothing. What an item does not remember the time of comes as of its last change, so `to` is best the
 * present. What only a change or a removal means cannot be found this way. Reads the whole table.
 *
 * Returns how many events were published.
 *
 * @throws Error when an item cannot be told or the bus refuses; running it again is safe.
 */
export async function redriveEvents(redrive: Redrive): Promise<number> {
  const { client, table, bus } = redrive;
  let count = 0;
  let after: Item | undefined;
  do {
    const page = await client.send(
      new ScanCommand({
        TableName: table,
        ConsistentRead: true,
        Limit: itemsPerPageMax,
        ...(after && { ExclusiveStartKey: after }),
      }),
    );
    const events = await eventsOf(redrive, page.Items ?? []);
    const entries = events.map((event) => toEntry(redrive.service, bus.name, event));
    const { published, fault } = await publishEntries(bus, entries);
    count += published;
    if (published < entries.length) throw new Error(`The redrive stopped after ${count} events.`, { cause: fault });
    after = page.LastEvaluatedKey;
  } while (after);
  return count;
}

async function eventsOf({ toEvents, from, to }: Redrive, items: readonly Item[]): Promise<DomainEvent[]> {
  const events: DomainEvent[] = [];
  for (const item of items) {
    events.push(...(await toEvents({ kind: 'INSERT', item: fromItem(item), sequenceNumber: 'redrive' })));
  }
  return events.filter(({ occurredAt }) => occurredAt >= from && occurredAt < to);
}
