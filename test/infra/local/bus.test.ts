import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { SQSEvent } from 'aws-lambda';
import { expect, onTestFinished, test } from 'vitest';
import { callJson, startTiny } from '../../support/tiny-system.ts';

const orderPlaced = { Source: 'yudao.shop', DetailType: 'shop.order-placed.v1', Detail: '{"id":"1"}' };
const orderPaid = { Source: 'yudao.shop', DetailType: 'shop.order-paid.v1', Detail: '{"id":"2"}' };

test('an event reaches those that subscribe to its type, in the envelope of EventBridge', async () => {
  const { system, received } = await startShop();
  const { FailedEntryCount, Entries = [] } = await putEvents([orderPlaced, orderPaid]);
  expect(FailedEntryCount).toBe(0);
  expect(await system.quiesce()).toBe(true);
  expect(received).toHaveLength(1);
  expect(received[0]).toMatchObject({
    version: '0',
    id: Entries[0]?.EventId,
    source: 'yudao.shop',
    'detail-type': 'shop.order-placed.v1',
    region: 'eu-west-1',
    resources: [],
    detail: { id: '1' },
  });
});

test('an entry that is no event is refused alone', async () => {
  const { system, received } = await startShop();
  const answer = await putEvents([{ ...orderPlaced, Detail: 'no json' }, orderPlaced, { ...orderPlaced, Source: '' }]);
  expect(answer.FailedEntryCount).toBe(2);
  expect(answer.Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual(['MalformedDetail', undefined, 'InvalidArgument']);
  await system.quiesce();
  expect(received).toHaveLength(1);
});

test('a call with more entries than EventBridge takes is refused', async () => {
  await startShop();
  await expect(putEvents(Array.from({ length: 11 }, () => orderPlaced))).rejects.toThrow(/expected array to have <=10/);
});

test('published events can be listed by type, from a position on', async () => {
  const { system } = await startShop();
  await putEvents([orderPlaced, orderPaid, { ...orderPlaced, Detail: '{"id":"3"}' }]);
  const list = async (query: string) => {
    const { body } = await callJson(system.url, `/local/events${query}`);
    return (body as { events: { position: number; type: string; event: unknown }[] }).events;
  };
  const all = await list('');
  expect(all.map(({ event }) => event)).toEqual([{ id: '1' }, { id: '2' }, { id: '3' }]);
  expect(await list(`?after=${all[0]?.position}&type=shop.order-placed.v1`)).toEqual([all[2]]);
});

test('an event that its consumer cannot handle ends as a dead letter', async () => {
  const { system } = await startShop(() => {
    throw new Error('closed');
  });
  await putEvents([orderPlaced]);
  const { body } = await callJson(system.url, '/local/quiesce', {});
  expect(body).toMatchObject({ drained: true, messages: 0, deadLetters: 1 });
  expect((await callJson(system.url, '/local/dead-letters')).body).toMatchObject({
    deadLetters: [{ source: 'tiny/on-order', reason: 'Error: closed' }],
  });
});

async function startShop(handle: () => void = () => undefined) {
  const received: unknown[] = [];
  const system = await startTiny({
    service: { subscriptions: [{ entry: 'on-order', events: ['shop.order-placed.v1'], batchSize: 10 }] },
    handlers: {
      'on-order': (event: SQSEvent) => {
        handle();
        received.push(...event.Records.map(({ body }) => JSON.parse(body)));
      },
    },
  });
  return { system, received };
}

/** Through the client as functions use it: nothing but the environment tells it where the bus is. */
async function putEvents(entries: PutEventsRequestEntry[]) {
  const client = new EventBridgeClient({});
  onTestFinished(() => client.destroy());
  const Entries = entries.map((entry) => ({ ...entry, EventBusName: process.env.EVENT_BUS }));
  return client.send(new PutEventsCommand({ Entries }));
}
