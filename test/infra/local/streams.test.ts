import type { DynamoDBStreamEvent } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { STREAM_ATTEMPTS_MAX } from '../../../infra/local/stream-delivery.ts';
import { engines } from '../../support/engines.ts';
import { nameOf, openStreamTable, type StreamHandle } from '../../support/stream-table.ts';

describe.each(engines())('a stream of $kind', ({ endpoint }) => {
  test('reaches its consumer as Lambda hands it over: typed images, bytes in base64, seconds', async () => {
    const table = await openTable();
    const events: DynamoDBStreamEvent[] = [];
    const consumer = table.consume({ batchSize: 10 }, async (event) => {
      events.push(event);
      return undefined;
    });
    await table.put('a', { bytes: { B: Uint8Array.from([1, 2, 255]) } });
    await table.remove('a');
    consumer.start();
    await consumer.settle();
    const [inserted, removed] = events.flatMap(({ Records }) => Records);
    expect(inserted).toMatchObject({
      eventName: 'INSERT',
      eventSource: 'aws:dynamodb',
      eventSourceARN: table.streamArn,
      dynamodb: {
        Keys: { pk: { S: 'p' }, sk: { S: 'a' } },
        NewImage: { n: { N: '1' }, bytes: { B: 'AQL/' } },
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    });
    expect(Number.isInteger(inserted?.dynamodb?.ApproximateCreationDateTime)).toBe(true);
    expect(removed).toMatchObject({ eventName: 'REMOVE', dynamodb: { OldImage: { sk: { S: 'a' } } } });
    expect(removed?.dynamodb).not.toHaveProperty('NewImage');
  });

  test('is filtered by kind and by change', async () => {
    const table = await openTable();
    const seen: string[] = [];
    const consumer = table.consume({ batchSize: 10, kinds: ['FRUIT'], changes: ['INSERT'] }, collect(seen));
    await table.put('apple', { kind: { S: 'FRUIT' } });
    await table.put('apple', { kind: { S: 'FRUIT' }, n: { N: '2' } });
    await table.put('stone', { kind: { S: 'ROCK' } });
    await table.put('pear', { kind: { S: 'FRUIT' } });
    consumer.start();
    await consumer.settle();
    expect(seen).toEqual(['apple', 'pear']);
  });

  test('comes in batches of the described size at most', async () => {
    const table = await openTable();
    const sizes: number[] = [];
    const consumer = table.consume({ batchSize: 2 }, async ({ Records }) => {
      sizes.push(Records.length);
      return undefined;
    });
    for (const name of ['a', 'b', 'c', 'd', 'e']) await table.put(name);
    consumer.start();
    await consumer.settle();
    expect(sizes).toEqual([2, 2, 1]);
  });

  test('begins again at the lowest record that the handler reports failed', async () => {
    const table = await openTable();
    const batches: string[][] = [];
    const consumer = table.consume({ batchSize: 10 }, async ({ Records }) => {
      batches.push(Records.map(nameOf));
      if (batches.length > 1) return undefined;
      const failures = Records.filter((record) => ['d', 'b'].includes(nameOf(record))).reverse();
      return {
        batchItemFailures: failures.map(({ dynamodb }) => ({ itemIdentifier: dynamodb?.SequenceNumber ?? '' })),
      };
    });
    for (const name of ['a', 'b', 'c', 'd']) await table.put(name);
    consumer.start();
    await consumer.settle();
    expect(batches).toEqual([
      ['a', 'b', 'c', 'd'],
      ['b', 'c', 'd'],
    ]);
  });

  test('isolates a record that cannot be handled, parks it and goes on behind it', async () => {
    const table = await openTable();
    const handled: string[] = [];
    let callsWithBadAlone = 0;
    const consumer = table.consume({ batchSize: 10 }, async ({ Records }) => {
      const names = Records.map(nameOf);
      if (names.join() === 'bad') callsWithBadAlone++;
      if (names.includes('bad')) throw new Error('indigestible');
      handled.push(...names);
      return undefined;
    });
    for (const name of ['a', 'b', 'bad', 'c', 'd']) await table.put(name);
    consumer.start();
    await consumer.settle();
    expect(handled).toEqual(['a', 'b', 'c', 'd']);
    expect(callsWithBadAlone).toBe(STREAM_ATTEMPTS_MAX);
    const [letter, ...others] = table.state.all('SELECT * FROM dead_letters');
    expect(others).toEqual([]);
    expect(letter).toMatchObject({ source: 'tiny/eat', reason: 'Error: indigestible' });
    expect(nameOf(JSON.parse(String(letter?.body)))).toBe('bad');
  });

  test('goes on from its position when the consumer is started again', async () => {
    const table = await openTable();
    const seen: string[] = [];
    const first = table.consume({ batchSize: 10 }, collect(seen));
    await table.put('a');
    first.start();
    await first.settle();
    await first.stop();
    await table.put('b');
    const second = table.consume({ batchSize: 10 }, collect(seen));
    second.start();
    await second.settle();
    expect(seen).toEqual(['a', 'b']);
  });

  test('comes again when the consumer ended before its handler did', async () => {
    const table = await openTable();
    const began = Promise.withResolvers<void>();
    const never = Promise.withResolvers<undefined>();
    const first = table.consume({ batchSize: 10 }, () => {
      began.resolve();
      return never.promise;
    });
    await table.put('a');
    first.start();
    await began.promise;
    const seen: string[] = [];
    const second = table.consume({ batchSize: 10 }, collect(seen));
    second.start();
    await second.settle();
    expect(seen).toEqual(['a']);
    never.resolve(undefined);
  });

  test('is read by each of its consumers on its own', async () => {
    const table = await openTable();
    const [one, other]: [string[], string[]] = [[], []];
    const consumers = [
      table.consume({ batchSize: 10, entry: 'one' }, collect(one)),
      table.consume({ batchSize: 10, entry: 'other' }, collect(other)),
    ];
    await table.put('a');
    for (const consumer of consumers) consumer.start();
    await Promise.all(consumers.map((consumer) => consumer.settle()));
    expect([one, other]).toEqual([['a'], ['a']]);
  });

  const openTable = () => openStreamTable(endpoint);
});

function collect(seen: string[]): StreamHandle {
  return async ({ Records }) => {
    seen.push(...Records.map(nameOf));
    return undefined;
  };
}
