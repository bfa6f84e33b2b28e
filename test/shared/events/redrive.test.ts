import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toItem } from '../../../shared/dynamo/items.ts';
import type { DomainEvent } from '../../../shared/events/event.ts';
import { redriveEvents } from '../../../shared/events/redrive.ts';
import type { RelaySettings } from '../../../shared/events/relay.ts';
import { anEngine } from '../../support/engines.ts';
import { someEvent } from '../../support/events.ts';
import { type PlainTable, plainTable } from '../../support/plain-table.ts';

const mock = mockClient(EventBridgeClient);
const bus = { client: new EventBridgeClient({ region: 'eu-west-1' }), name: 'bus', wait: async () => undefined };
const toEvents: RelaySettings['toEvents'] = ({ item }) =>
  item?.kind === 'TRANSFER' ? [someEvent(String(item.pk), { occurredAt: String(item.at) })] : [];

describe('a redrive', () => {
  let table: PlainTable;
  beforeAll(async () => {
    table = await plainTable(anEngine());
    const client = table.newClient();
    const days = ['01', '02', '03'].map((day) => ({
      pk: `t${day}`,
      sk: '0',
      kind: 'TRANSFER',
      at: `2026-03-${day}T09:00:00.000Z`,
    }));
    for (const item of [...days, { pk: 'a', sk: '0', kind: 'ACCOUNT' }]) {
      await client.send(new PutItemCommand({ TableName: table.name, Item: toItem(item) }));
    }
  });
  beforeEach(() => mock.reset());
  afterAll(() => table?.close());

  const redrive = (from: string, to: string) =>
    redriveEvents({ client: table.newClient(), table: table.name, service: 'ledger', toEvents, bus, from, to });

  it('publishes again what the items of a time mean, with the ids they had', async () => {
    mock.on(PutEventsCommand).callsFake(({ Entries = [] }: { Entries?: PutEventsRequestEntry[] }) => ({
      Entries: Entries.map(() => ({ EventId: 'e' })),
    }));
    expect(await redrive('2026-03-02T00:00:00.000Z', '2026-03-03T09:00:00.000Z')).toBe(1);
    const sent = mock.commandCalls(PutEventsCommand).flatMap(({ args }) => args[0].input.Entries ?? []);
    expect(sent.map(({ Detail = '' }) => (JSON.parse(Detail) as DomainEvent).id)).toEqual(['t02']);
  });

  it('stops when the bus refuses', async () => {
    mock.on(PutEventsCommand).rejects(new Error('no route'));
    await expect(redrive('2026-03-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z')).rejects.toThrow(
      'stopped after 0 events',
    );
  });
});
