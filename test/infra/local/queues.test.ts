import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { expect, onTestFinished, test } from 'vitest';
import { Functions } from '../../../infra/local/functions.ts';
import { HostState } from '../../../infra/local/host-state.ts';
import { Queue, RECEIVES_MAX, sendMessage } from '../../../infra/local/queues.ts';

type Handle = (event: SQSEvent) => Promise<SQSBatchResponse | undefined>;

test('hands messages over in batches, in the shape of an SQS event', async () => {
  const batches: string[][] = [];
  const { state, queue } = open(async ({ Records }) => {
    batches.push(Records.map(({ body }) => body));
    expect(Records[0]).toMatchObject({
      eventSource: 'aws:sqs',
      awsRegion: 'eu-west-1',
      attributes: { ApproximateReceiveCount: '1' },
    });
    return undefined;
  }, 2);
  for (const body of ['a', 'b', 'c']) sendMessage(state, 'tiny/eat', body);
  queue.start();
  await queue.settle();
  expect(batches).toEqual([['a', 'b'], ['c']]);
});

test('gives back only the messages that the handler reports failed', async () => {
  const received: string[] = [];
  const { state, queue } = open(async ({ Records }) => {
    received.push(...Records.map(({ body }) => body));
    const isFirst = received.length === 3;
    const failed = Records.filter(({ body }) => isFirst && body === 'b');
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  }, 10);
  for (const body of ['a', 'b', 'c']) sendMessage(state, 'tiny/eat', body);
  queue.start();
  await queue.settle();
  expect(received).toEqual(['a', 'b', 'c', 'b']);
});

test('gives back the whole batch when a report names a message that was not in it', async () => {
  let calls = 0;
  const { state, queue } = open(async () => {
    calls++;
    return { batchItemFailures: calls === 1 ? [{ itemIdentifier: 'nobody' }] : [] };
  }, 10);
  for (const body of ['a', 'b']) sendMessage(state, 'tiny/eat', body);
  queue.start();
  await queue.settle();
  expect(calls).toBe(2);
});

test('parks a message that failed as often as a queue allows, with the reason', async () => {
  let calls = 0;
  const { state, queue } = open(async () => {
    calls++;
    throw new Error('no appetite');
  }, 10);
  sendMessage(state, 'tiny/eat', 'bitter');
  queue.start();
  await queue.settle();
  expect(calls).toBe(RECEIVES_MAX);
  expect(state.all('SELECT source, reason, body FROM dead_letters')).toEqual([
    { source: 'tiny/eat', reason: 'Error: no appetite', body: 'bitter' },
  ]);
});

test('a message whose handling was cut off comes again to the next consumer', async () => {
  const never = Promise.withResolvers<undefined>();
  const began = Promise.withResolvers<void>();
  const first = open(() => {
    began.resolve();
    return never.promise;
  }, 1);
  sendMessage(first.state, 'tiny/eat', 'a');
  first.queue.start();
  await began.promise;
  const received: (string | undefined)[] = [];
  const second = open(
    async ({ Records }) => {
      received.push(Records[0]?.body, Records[0]?.attributes.ApproximateReceiveCount);
      return undefined;
    },
    1,
    first.state,
  );
  second.queue.start();
  await second.queue.settle();
  never.resolve(undefined);
  expect(received).toEqual(['a', '2']);
});

function open(
  handle: Handle,
  batchSize: number,
  state = new HostState(':memory:'),
): { state: HostState; queue: Queue } {
  const functions = new Functions(async () => (event) => handle(event as SQSEvent));
  const consumer = { service: 'tiny', entry: 'eat', batchSize };
  const queue = new Queue(state, functions, consumer, () => new Date());
  onTestFinished(() => queue.stop());
  return { state, queue };
}
