import { describe, expect, test, vi } from 'vitest';
import { STREAM_ATTEMPTS_MAX } from '../../../infra/local/stream-delivery.ts';
import type { StreamWindowAnswer, StreamWindowEvent } from '../../../shared/events/stream-window.ts';
import { engines } from '../../support/engines.ts';
import { nameOf, openStreamTable, type StreamHandle } from '../../support/stream-table.ts';

/** Longer than any test: only a quiet point ends it. */
const aWhile = { batchSize: 10, tumblingWindowSeconds: 900 };

describe.each(engines())('a stream of $kind in tumbling windows', ({ endpoint, kind }) => {
  test('comes with the name of its shard, the window and an empty state', async () => {
    const { table, events, consumer } = await follow(aWhile, count);
    await table.put('a');
    consumer.start();
    await consumer.settle();
    const [event] = events;
    expect(event).toMatchObject({
      Records: [{ eventName: 'INSERT', eventSourceARN: table.streamArn, dynamodb: { Keys: { sk: { S: 'a' } } } }],
      state: {},
      shardId: expect.stringMatching(/^shardId-/),
      eventSourceARN: table.streamArn,
      isFinalInvokeForWindow: false,
      isWindowTerminatedEarly: false,
    });
    const { start = '', end = '' } = event?.window ?? {};
    expect(start).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:(00|15|30|45):00Z$/);
    expect(Date.parse(end) - Date.parse(start)).toBe(900_000);
    const written = (event?.Records[0]?.dynamodb?.ApproximateCreationDateTime ?? 0) * 1000;
    expect(written).toBeGreaterThanOrEqual(Date.parse(start));
    expect(written).toBeLessThan(Date.parse(end));
  });

  test('carries the state of a call into the next; a quiet point ends the window early, without records', async () => {
    const { table, events, consumer } = await follow({ ...aWhile, batchSize: 2 }, count);
    for (const name of ['a', 'b', 'c']) await table.put(name);
    consumer.start();
    await consumer.settle();
    await table.put('d');
    await consumer.settle();
    expect(events.map(brief)).toEqual([
      ['ab', {}, 'goes on'],
      ['c', { seen: 2 }, 'goes on'],
      ['', { seen: 3 }, 'ended early'],
      ['d', {}, 'goes on'],
      ['', { seen: 1 }, 'ended early'],
    ]);
  });

  test('ends a window when its time is over, though nothing was written since', async () => {
    const { table, events, consumer } = await follow({ batchSize: 10, tumblingWindowSeconds: 1 }, count);
    await table.put('a');
    consumer.start();
    await vi.waitFor(() => expect(events.map(brief)).toContainEqual(['', { seen: 1 }, 'over']), { timeout: 10_000 });
    const [first, last] = events;
    expect(last?.window).toEqual(first?.window);
    await table.put('b');
    await vi.waitFor(() => expect(events.map(brief)).toContainEqual(['b', {}, 'goes on']), { timeout: 10_000 });
  });

  // AWS's own engine tells the minute only in which a record was written.
  test.skipIf(kind === 'dynamodb-local')('never hands records of two windows over together', async () => {
    const { table, events, consumer } = await follow({ batchSize: 10, tumblingWindowSeconds: 1 }, count);
    await table.put('a');
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    await table.put('b');
    consumer.start();
    await consumer.settle();
    expect(events.slice(0, 3).map(brief)).toEqual([
      ['a', {}, 'goes on'],
      ['', { seen: 1 }, 'over'],
      ['b', {}, 'goes on'],
    ]);
  });

  test('is handed over whole again until it is taken, as often as it takes', async () => {
    let calls = 0;
    const { table, events, consumer } = await follow(aWhile, async (event) => {
      calls++;
      if (calls <= STREAM_ATTEMPTS_MAX + 1) throw new Error('not now');
      return count(event);
    });
    for (const name of ['a', 'b', 'c']) await table.put(name);
    consumer.start();
    await vi.waitFor(() => expect(calls).toBeGreaterThan(STREAM_ATTEMPTS_MAX + 1), { timeout: 20_000 });
    await consumer.settle();
    expect(events.map(brief)).toEqual([
      ...Array.from({ length: STREAM_ATTEMPTS_MAX + 2 }, () => ['abc', {}, 'goes on']),
      ['', { seen: 3 }, 'ended early'],
    ]);
    expect(consumer.heldUp()).toBeUndefined();
    expect(table.state.all('SELECT * FROM dead_letters')).toEqual([]);
  });

  test('is held up by a record that cannot be handled; a quiet point says so and does not wait for it', async () => {
    const { table, events, consumer } = await follow(aWhile, async (event) => {
      if (event.Records.some((record) => nameOf(record) === 'bad')) throw new Error('indigestible');
      return count(event);
    });
    await table.put('bad');
    await table.put('good');
    consumer.start();
    await consumer.settle();
    expect(consumer.heldUp()).toEqual({ consumer: 'tiny/eat', reason: 'Error: indigestible' });
    await consumer.settle();
    expect(new Set(events.map((event) => event.Records.map(nameOf).join()))).toEqual(new Set(['bad,good']));
    expect(table.state.all('SELECT * FROM dead_letters')).toEqual([]);
  });

  test('goes on from the lowest record that is reported failed, with the state that was answered', async () => {
    let calls = 0;
    const { table, events, consumer } = await follow(aWhile, async (event) => {
      calls++;
      if (calls > 1) return count(event);
      const second = event.Records[1]?.dynamodb?.SequenceNumber ?? '';
      return { state: { seen: 1 }, batchItemFailures: [{ itemIdentifier: second }] };
    });
    for (const name of ['a', 'b', 'c']) await table.put(name);
    consumer.start();
    await consumer.settle();
    expect(events.map(brief)).toEqual([
      ['abc', {}, 'goes on'],
      ['bc', { seen: 1 }, 'goes on'],
      ['', { seen: 3 }, 'ended early'],
    ]);
  });

  test('takes an answer without a state for a failed call', async () => {
    let calls = 0;
    const { table, events, consumer } = await follow(aWhile, async (event) => {
      calls++;
      return calls > 1 ? count(event) : { batchItemFailures: [] };
    });
    await table.put('a');
    consumer.start();
    await consumer.settle();
    expect(events.map(brief).slice(0, 2)).toEqual([
      ['a', {}, 'goes on'],
      ['a', {}, 'goes on'],
    ]);
  });

  test('begins the state anew, in the same window, when it grows beyond 1 MB', async () => {
    const { table, events, consumer } = await follow({ ...aWhile, batchSize: 1 }, async ({ state }) => ({
      state: state.big ? {} : { big: 'x'.repeat(1024 * 1024) },
      batchItemFailures: [],
    }));
    await table.put('a');
    await table.put('b');
    consumer.start();
    await consumer.settle();
    const seen = events.map(({ Records, state, isWindowTerminatedEarly }) => [
      Records.map(nameOf).join(),
      Object.keys(state),
      isWindowTerminatedEarly,
    ]);
    expect(seen.slice(0, 3)).toEqual([
      ['a', [], false],
      ['', ['big'], true],
      ['b', [], false],
    ]);
    expect(events[2]?.window).toEqual(events[0]?.window);
  });

  test('keeps state and position over a restart; what had no answer comes again with the state of before', async () => {
    const table = await openStreamTable(endpoint);
    const never = Promise.withResolvers<undefined>();
    const began = Promise.withResolvers<void>();
    const first = table.consume<StreamWindowEvent>({ ...aWhile, batchSize: 1 }, async (event) => {
      if (nameOf(event.Records[0] as never) !== 'b') return count(event);
      began.resolve();
      return never.promise;
    });
    await table.put('a');
    await table.put('b');
    first.start();
    await began.promise;
    const events: StreamWindowEvent[] = [];
    const second = table.consume<StreamWindowEvent>({ ...aWhile, batchSize: 1 }, async (event) => {
      events.push(event);
      return count(event);
    });
    second.start();
    await second.settle();
    expect(events.map(brief)).toEqual([
      ['b', { seen: 1 }, 'goes on'],
      ['', { seen: 2 }, 'ended early'],
    ]);
    never.resolve(undefined);
  });

  async function follow(description: typeof aWhile, handle: StreamHandle<StreamWindowEvent>) {
    const table = await openStreamTable(endpoint);
    const events: StreamWindowEvent[] = [];
    const consumer = table.consume<StreamWindowEvent>(description, (event) => {
      events.push(event);
      return handle(event);
    });
    return { table, events, consumer };
  }
});

/** A handler that counts in its state what it has seen in the window. */
async function count({ Records, state }: StreamWindowEvent): Promise<StreamWindowAnswer> {
  return { state: { seen: Number(state.seen ?? 0) + Records.length }, batchItemFailures: [] };
}

function brief({ Records, state, isFinalInvokeForWindow, isWindowTerminatedEarly }: StreamWindowEvent) {
  const end = isFinalInvokeForWindow ? 'over' : isWindowTerminatedEarly ? 'ended early' : 'goes on';
  return [Records.map(nameOf).join(''), state, end];
}
